using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.Sources.Http;

/// <summary>What is sent in over HTTP.</summary>
internal sealed class HttpDoor(SensorLog log, Historian historian, TimeProvider time, ILogger<HttpDoor> logger, SensorProcessing? processing = null)
    : PushedSource("Http", log, historian, time, logger, processing, new HttpOptions().DefaultName)
{
    private HttpOptions _options = new();
    private LineIds _ids = NewIds(LineTemplate.Default);

    /// <summary>The longest body, in bytes.</summary>
    public long LongestBody => _options.BodyMegabytes * 1024L * 1024;

    /// <summary>A reader of line protocol, to be used with <see cref="PushedSource.Take(TextSplitter, IPointReader, ref System.Buffers.ReadOnlySequence{byte}, bool, PushReport)"/> only.</summary>
    public LineProtocolReader NewLineReader(TimePrecision precision) => new(_ids, precision);

    /// <inheritdoc/>
    public override PushOptions NewOptions() => new HttpOptions();

    /// <inheritdoc/>
    public override void Configure(PushOptions options)
    {
        base.Configure(options);
        _options = (HttpOptions)options;
        _ids = NewIds(_options.Sensor);
    }

    private static LineIds NewIds(string sensor)
    {
        LineTemplate.TryParse(sensor, out var template);
        return new LineIds(template);
    }
}
