using System.Buffers;
using System.Text;
using LiveViz.Server.History;
using LiveViz.Server.Sources.Http;
using LiveViz.Server.Sources.Push;
using LiveViz.Server.Streaming;
using LiveViz.Tests.Streaming;

namespace LiveViz.Tests.Sources.Push;

/// <summary>A door with a log of its own behind it.</summary>
internal sealed class Doors
{
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time = Clock.New();

    public Doors()
    {
        Log = TestLog.New(_time, megabytes: 4);
        Http = new HttpDoor(Log, new Historian(null, _time, new ListLogger<Historian>()), _time, new ListLogger<HttpDoor>());
    }

    public SensorLog Log { get; }

    public HttpDoor Http { get; }

    /// <summary>Takes a text in, in pieces of some length.</summary>
    public PushReport Take(TextSplitter splitter, IPointReader reader, byte[] text, int piece = int.MaxValue)
    {
        var report = new PushReport();
        var rest = ReadOnlySequence<byte>.Empty;
        for (var at = 0; at < text.Length; at += Math.Min(piece, text.Length - at))
        {
            rest = Append(rest, text.AsMemory(at, Math.Min(piece, text.Length - at)));
            Http.Take(splitter, reader, ref rest, isFinal: false, report);
        }

        Http.Take(splitter, reader, ref rest, isFinal: true, report);
        return report;
    }

    public PushReport Take(TextSplitter splitter, IPointReader reader, string text, int piece = int.MaxValue) =>
        Take(splitter, reader, Encoding.UTF8.GetBytes(text), piece);

    public double[] Values(string sensor)
    {
        if (!Log.TryGet(sensor, out var series))
        {
            return [];
        }

        var buffer = new SampleBuffer((int)series.Held());
        series.Read(series.Oldest, buffer);
        return buffer.Values[..buffer.Count];
    }

    private static ReadOnlySequence<byte> Append(ReadOnlySequence<byte> before, ReadOnlyMemory<byte> piece)
    {
        if (before.IsEmpty)
        {
            return new(piece);
        }

        var first = new Segment(before.ToArray(), 0);
        var last = first.Append(piece);
        return new(first, 0, last, piece.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long before) => (Memory, RunningIndex) = (memory, before);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
