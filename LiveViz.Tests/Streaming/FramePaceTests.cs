using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public class FramePaceTests
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly SensorLog _log;
    private readonly FrameChannels _channels;
    private readonly SensorSeries _series;
    private readonly List<Frame> _frames = [];

    public FramePaceTests()
    {
        _log = TestLog.New(_time, megabytes: 16);
        _channels = new FrameChannels(_log, _time);
        _series = _log.Open();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public void Reader_held_up_once_is_brought_up_to_date_and_goes_on_as_before(int width)
    {
        using var reader = Read(width);
        Run(reader, 3);

        Run(reader, 5, takes: false);
        var behind = Run(reader, 5);

        Assert.All(_frames, frame => Assert.Equal(_frames[0].Bucket, frame.Bucket));
        // One frame for all that it missed, and not the hundred that were made.
        Assert.InRange(behind.Count, 100, 102);
        Assert.Equal((0, Tallied(reader)), (reader.Tally.LeftOut, reader.Tally.Appended));
        Assert.True(width > 0 || reader.Tally.Reduced == 0);
    }

    [Fact]
    public void Reader_that_cannot_keep_up_is_given_coarser_frames_and_finer_ones_when_it_can()
    {
        using var reader = Read(width: 600);
        Run(reader, 3);
        for (var i = 0; i < 3; i++)
        {
            Run(reader, 2, takes: false);
            Take(reader, 1);
        }

        var coarse = _frames[^1].Bucket;
        Run(reader, 200);

        Assert.Equal(TimeSpan.FromMilliseconds(500), _frames[0].Bucket);
        Assert.True(coarse >= TimeSpan.FromSeconds(2), $"{coarse}");
        Assert.Equal(_frames[0].Bucket, _frames[^1].Bucket);
        Assert.Single(_frames, frame => frame.IsRefill);
        Assert.Equal((0, Tallied(reader)), (reader.Tally.LeftOut, reader.Tally.Appended));
    }

    [Fact]
    public void Reader_of_every_sample_that_cannot_keep_up_is_given_an_envelope_without_a_hole()
    {
        using var reader = Read(width: 0);
        Run(reader, 3);
        for (var i = 0; i < 3; i++)
        {
            Run(reader, 2, takes: false);
            Take(reader, 1);
        }

        var coarse = _frames[^1].Bucket;
        Run(reader, 200);

        Assert.True(coarse >= TimeSpan.FromMilliseconds(100), $"{coarse}");
        Assert.Equal(TimeSpan.Zero, _frames[^1].Bucket);
        Assert.True(reader.Tally.Reduced > 0);
        Assert.Equal((0, _series.Next - 1), (reader.Tally.LeftOut, reader.Tally.Appended));
        Assert.Equal(_frames.SelectMany(Ticks).Order(), _frames.SelectMany(Ticks));
    }

    [Fact]
    public void Coarser_frames_keep_every_extreme()
    {
        using var reader = Read(width: 600);
        Run(reader, 3);
        for (var i = 0; i < 4; i++)
        {
            Run(reader, 2, takes: false);
            Take(reader, 1);
        }

        _series.Append(Now, 1e6);
        Run(reader, 1);
        _series.Append(Now, -1e6);
        Run(reader, 60);

        Assert.True(_frames.Max(frame => frame.Bucket) > TimeSpan.FromSeconds(1));
        Assert.Contains(1e6, _frames.SelectMany(frame => frame.Columns).SelectMany(column => column.Values));
        Assert.Contains(-1e6, _frames.SelectMany(frame => frame.Columns).SelectMany(column => column.Values));
    }

    [Fact]
    public void Finer_frames_that_fail_are_tried_less_and_less_often()
    {
        using var reader = Read(width: 600);
        Run(reader, 1);
        for (var second = 0; second < 300; second++)
        {
            // Keeps up with coarse frames only: of fine ones it takes one in two seconds.
            var isFine = _frames[^1].Bucket <= TimeSpan.FromMilliseconds(500);
            Run(reader, 1, takes: !isFine);
            Take(reader, isFine && second % 2 == 0 ? 1 : 0);
        }

        var moves = _frames.Zip(_frames.Skip(1)).Where(pair => pair.First.Bucket > pair.Second.Bucket).Select(pair => pair.Second.Time).ToList();
        var waits = moves.Zip(moves.Skip(1)).Select(pair => (pair.Second - pair.First).TotalSeconds).ToList();
        Assert.InRange(moves.Count, 2, 8);
        Assert.True(waits[^1] > waits[0] * 1.5, string.Join(", ", waits));
    }

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    /// <summary>How many samples the account must stand for: all that are not waiting for the end of their bucket.</summary>
    private static long Tallied(PulledFrames reader) => reader.Tally.Received + reader.Tally.Reduced + reader.Tally.LeftOut;

    private static IEnumerable<long> Ticks(Frame frame) => frame.Columns.SelectMany(column => column.Ticks);

    private PulledFrames Read(int width) => new(_log, _channels, _time, new FrameRequest { Width = width });

    private void Take(PulledFrames reader, int count)
    {
        for (var i = 0; i < count && reader.Take() is { } frame; i++)
        {
            _frames.Add(frame);
        }
    }

    /// <summary>Runs for some seconds, a hundred samples each.</summary>
    /// <returns>The frames that were taken.</returns>
    private List<Frame> Run(PulledFrames reader, double seconds, bool takes = true)
    {
        var begin = _frames.Count;
        for (var i = 0; i < seconds * 20; i++)
        {
            if (takes)
            {
                _frames.AddRange(reader.TakeAll());
            }

            for (var n = 0; n < 5; n++)
            {
                _series.Append(Now + n * 0.01, Math.Sin(_series.Next));
            }

            reader.Advance(0.05);
        }

        if (takes)
        {
            _frames.AddRange(reader.TakeAll());
        }

        return _frames[begin..];
    }
}
