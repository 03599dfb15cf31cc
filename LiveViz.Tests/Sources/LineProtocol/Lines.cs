using System.Text;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Tests.Sources.LineProtocol;

/// <summary>Reads single lines.</summary>
internal sealed class Lines
{
    public static readonly DateTime Now = Clock.Start;

    private readonly LineProtocolReader _reader;

    public Lines(string template = LineTemplate.Default, TimePrecision precision = TimePrecision.Nanoseconds)
    {
        Assert.Null(LineTemplate.TryParse(template, out var parsed));
        _reader = new LineProtocolReader(new LineIds(parsed), precision);
    }

    public PointBatch Batch { get; } = new();

    public string? Read(string line) => Read(Encoding.UTF8.GetBytes(line));

    public string? Read(byte[] line)
    {
        Batch.Truncate(0);
        return _reader.Read(line, Now, Batch);
    }

    public DataPoint[] Points(string line)
    {
        Assert.Null(Read(line));
        return Batch.Points.ToArray();
    }
}
