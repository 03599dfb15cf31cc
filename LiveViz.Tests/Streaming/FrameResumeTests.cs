using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public class FrameResumeTests
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly Pump _pump = new();
    private readonly FrameTally _tally = new();
    private SensorLog _log;
    private SensorSeries _series;

    public FrameResumeTests()
    {
        _log = TestLog.New(_time, megabytes: 16);
        _series = _log.Open();
    }

    private double Now => (_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 0)]
    [InlineData(60, 600)]
    public void Reader_who_comes_back_is_given_what_it_missed_once(double window, int width)
    {
        var request = new FrameRequest { WindowSeconds = window, Width = width };
        var before = Read(request, seconds: 3);
        Append(3);

        var after = Read(request, seconds: 3);

        Assert.True(before[0].IsRefill);
        Assert.All(after, frame => Assert.False(frame.IsRefill));
        Assert.Equal((0, _tally.Appended), (_tally.LeftOut, _tally.Received + _tally.Reduced));
        // Of a bucket that is not over, all but the first wait.
        Assert.InRange(after[^1].Columns[0].First + after[^1].Columns[0].Covered, _series.Next - (width > 0 ? 50 : 0), _series.Next);
        var sequences = before.Concat(after).SelectMany(frame => frame.Columns).SelectMany(column => column.Sequences).ToList();
        Assert.Equal(sequences.Distinct().Order(), sequences);
        Assert.True(width > 0 || sequences.Count == _tally.Appended);
    }

    [Fact]
    public void Reader_who_comes_back_has_the_points_of_one_who_never_left()
    {
        var request = new FrameRequest { Width = 600 };
        var channels = new FrameChannels(_log, _time);
        using var stays = new PulledFrames(_log, channels, _time, request, _pump);
        var theirs = stays.TakeAll();
        var ours = Read(request, seconds: 3.3, channels, alsoTake: () => theirs.AddRange(stays.TakeAll()));
        for (var i = 0; i < 40; i++)
        {
            Append(0.05);
            theirs.AddRange(stays.TakeAll());
        }

        ours.AddRange(Read(request, seconds: 3.3, channels, alsoTake: () => theirs.AddRange(stays.TakeAll())));

        Assert.Equal(Sequences(theirs), Sequences(ours));
    }

    [Fact]
    public void Restarted_server_refills()
    {
        Read(new FrameRequest(), seconds: 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        _log = TestLog.New(_time);
        _series = _log.Open();

        var after = Read(new FrameRequest(), seconds: 1);

        Assert.Equal([true, .. Enumerable.Repeat(false, after.Count - 1)], after.Select(frame => frame.IsRefill));
        Assert.Equal((_series.Next - 1, 0), (_tally.Received, _tally.LeftOut));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public void What_the_log_no_longer_holds_is_a_stated_gap(int width)
    {
        _log = TestLog.New(_time);
        _series = _log.Open();
        var request = new FrameRequest { WindowSeconds = 3600, Width = width * 60 };
        Read(request, seconds: 1);
        var left = _tally.Position!.Next[0];
        Append(700);

        var gap = Read(request, seconds: 1)[0].Columns[0].Gap;

        Assert.Equal((left, GapReason.Overwritten), (gap!.From, gap.Reason));
        Assert.InRange(gap.To, left + 1000, _series.Oldest);
        Assert.Equal(gap.To - gap.From, _tally.LeftOut);
        Assert.Equal(_tally.Appended, _tally.Received + _tally.Reduced + _tally.LeftOut);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(600)]
    public void What_is_older_than_the_window_is_a_stated_gap(int width)
    {
        var request = new FrameRequest { WindowSeconds = 10, Width = width };
        Read(request, seconds: 1);
        Append(60);

        var frame = Read(request, seconds: 1)[0];
        var column = frame.Columns[0];

        Assert.Equal(GapReason.OutsideWindow, column.Gap!.Reason);
        Assert.Equal(column.Gap.To, column.First);
        Assert.InRange((frame.Time.Ticks - column.Ticks[0]) / (double)TimeSpan.TicksPerSecond, 9.5, 10);
        Assert.Equal(_tally.Appended, _tally.Received + _tally.Reduced + _tally.LeftOut);
    }

    [Fact]
    public void Late_samples_while_away_refill_a_reduced_reader()
    {
        var request = new FrameRequest { Width = 600 };
        Read(request, seconds: 3);
        Append(1);
        _series.Append(Now - 2, -1000);
        Append(1);

        var after = Read(request, seconds: 1);

        Assert.True(after[0].IsRefill);
        Assert.Contains(-1000.0, after[0].Columns[0].Values);
        Assert.Equal(after[0].Columns[0].Ticks.Order(), after[0].Columns[0].Ticks);
    }

    [Fact]
    public void Sensor_that_appeared_while_away_is_given_from_its_first_sample()
    {
        Read(new FrameRequest(), seconds: 1);
        var other = _log.Open("b");
        other.Append(Now, 7);
        other.Append(Now, 8);

        var after = Read(new FrameRequest(), seconds: 1);

        Assert.False(after[0].IsRefill);
        Assert.Equal([7.0, 8], after[0].Columns.Single(column => column.SensorId == "b").Values);
    }

    [Fact]
    public void Numbers_that_cannot_be_are_no_harm()
    {
        Append(1);
        var position = new FramePosition { Epoch = _log.Epoch, Sensors = [0, 0, 77, -5], Next = [long.MaxValue, 3, -1, 2] };
        using var reader = new PulledFrames(_log, new FrameChannels(_log, _time), _time, new FrameRequest { Resume = position }, _pump);

        var frame = reader.Take()!;

        Assert.False(frame.IsRefill);
        Assert.Equal((_series.Next, 0), (frame.Columns[0].First, frame.Columns[0].Covered));
    }

    /// <summary>Reads for some seconds while samples come, and leaves.</summary>
    private List<Frame> Read(FrameRequest request, double seconds, FrameChannels? channels = null, Action? alsoTake = null)
    {
        using var reader = new PulledFrames(_log, channels ?? new FrameChannels(_log, _time), _time, request, _pump, _tally);
        var frames = reader.TakeAll();
        for (var i = 0; i < seconds * 20; i++)
        {
            Append(0.05);
            frames.AddRange(reader.TakeAll());
            alsoTake?.Invoke();
        }

        return frames;
    }

    /// <summary>Lets time pass in which a hundred samples a second come.</summary>
    private void Append(double seconds)
    {
        for (var i = 0; i < (int)Math.Round(seconds * 20); i++)
        {
            for (var n = 0; n < 5; n++)
            {
                _series.Append(Now + n * 0.01, Math.Sin(_series.Next));
            }

            _pump.Run(() => _time.Advance(TimeSpan.FromSeconds(0.05)));
        }
    }

    private static List<long> Sequences(List<Frame> frames) =>
        [.. frames.SelectMany(frame => frame.Columns).SelectMany(column => column.Sequences)];
}
