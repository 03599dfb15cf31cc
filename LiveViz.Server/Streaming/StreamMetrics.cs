using System.Diagnostics.Metrics;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Counts what readers of frames are given: the meter <c>LiveViz.Streams</c>. Over all of them together, samples
/// given, reduced and left out add up to those appended for each.
/// </summary>
internal sealed class StreamMetrics
{
    private readonly UpDownCounter<int> _streams;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _samples;
    private readonly Counter<long> _catchUps;
    private readonly Counter<long> _moves;

    public StreamMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("LiveViz.Streams");
        _streams = meter.CreateUpDownCounter<int>("liveviz.streams", "{stream}", "Streams of frames that are read.");
        _frames = meter.CreateCounter<long>("liveviz.streams.frames", "{frame}", "Frames sent.");
        _bytes = meter.CreateCounter<long>("liveviz.streams.bytes", "By", "Bytes of the frames sent.");
        _samples = meter.CreateCounter<long>("liveviz.streams.samples", "{sample}", "Samples by what became of them: given, reduced or left_out.");
        _catchUps = meter.CreateCounter<long>("liveviz.streams.catch_ups", "{time}", "Times a reader was behind and was brought up to date.");
        _moves = meter.CreateCounter<long>("liveviz.streams.moves", "{time}", "Times a reader was moved to coarser or finer frames.");
    }

    /// <summary>Counts a stream for as long as what is returned is not disposed.</summary>
    public IDisposable Begin()
    {
        _streams.Add(1);
        return new Reading(this);
    }

    public void Sent(int bytes)
    {
        _frames.Add(1);
        _bytes.Add(bytes);
    }

    public void Account(in FrameAccount account)
    {
        _samples.Add(account.Given, new KeyValuePair<string, object?>("outcome", "given"));
        _samples.Add(account.Reduced, new KeyValuePair<string, object?>("outcome", "reduced"));
        _samples.Add(account.LeftOut, new KeyValuePair<string, object?>("outcome", "left_out"));
    }

    public void CaughtUp() => _catchUps.Add(1);

    public void Moved(bool coarser) => _moves.Add(1, new KeyValuePair<string, object?>("to", coarser ? "coarser" : "finer"));

    private sealed class Reading(StreamMetrics metrics) : IDisposable
    {
        public void Dispose() => metrics._streams.Add(-1);
    }
}
