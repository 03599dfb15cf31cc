using LiveViz.Server.Sources.CsvReplay;
using static LiveViz.Tests.Sources.CsvReplay.Replay;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>When the points of a recording come, in virtual time.</summary>
public class ReplayTimingTests
{
    private const string ThreeRows = "time,a\n2020-02-08 10:00:00,1\n2020-02-08 10:00:01,2\n2020-02-08 10:00:03.5,3\n";

    [Theory]
    [InlineData(1, 0, 1000, 3500)]
    [InlineData(10, 0, 100, 350)]
    [InlineData(0.5, 0, 2000, 7000)]
    [InlineData(0, 0, 0, 0)]
    public async Task Points_come_at_the_recorded_interval_divided_by_the_speed(double speed, params int[] milliseconds)
    {
        using var file = new TempCsv(ThreeRows);
        var replay = new Replay(file.Path, options => options.Speed = speed);

        var points = await replay.PlayTimed();

        Assert.Equal(milliseconds.Select(ms => TimeSpan.FromMilliseconds(ms)), points.Select(point => point.After));
        Assert.Equal([At(10), At(10, 0, 1), At(10, 0, 3).AddMilliseconds(500)], points.Select(point => point.Point.Timestamp));
        Assert.Equal(speed == 0, replay.Time.Waits.Count == 0);
    }

    [Fact]
    public async Task Late_waits_and_slow_readers_do_not_add_up()
    {
        using var file = new TempCsv("time,a\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"2020-02-08 10:00:{i:00},{i}\n")));
        var replay = new Replay(file.Path, options => options.Speed = 1);
        replay.Time.Late = _ => TimeSpan.FromMilliseconds(15);
        var start = replay.Time.GetUtcNow();

        var after = new List<TimeSpan>();
        await foreach (var point in replay.Source.ReadAsync(CancellationToken.None))
        {
            after.Add(replay.Time.GetUtcNow() - start);
            replay.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(Enumerable.Range(0, 60).Select(i => TimeSpan.FromMilliseconds((i * 1000) + (i == 0 ? 0 : 15))), after);
    }

    [Fact]
    public async Task Intervals_below_a_millisecond_are_never_early()
    {
        using var file = new TempCsv("time,a\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{1581168647000000 + (i * 250)},{i}\n")));
        var replay = new Replay(file.Path, options => options.Speed = 1);

        var points = await replay.PlayTimed();

        Assert.All(points, point => Assert.InRange(
            point.After - TimeSpan.FromMicroseconds(point.Point.Value!.Value * 250), TimeSpan.Zero, TimeSpan.FromMilliseconds(0.99)));
        Assert.InRange(replay.Time.Waits.Count, 249, 251);
    }

    [Fact]
    public async Task Long_pause_in_the_recording_is_waited_out()
    {
        using var file = new TempCsv("time,a\n2020-01-01,1\n2020-06-01,2\n");
        var replay = new Replay(file.Path, options => options.Speed = 1);

        var points = await replay.PlayTimed();

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromDays(152)], points.Select(point => point.After));
    }

    [Fact]
    public async Task Rows_out_of_order_come_at_once_and_as_they_stand()
    {
        using var file = new TempCsv("time,a\n2020-02-08 10:00:00,1\n2020-02-08 10:00:10,2\n2020-02-08 09:00:00,3\n2020-02-08 10:00:05,4\n2020-02-08 10:00:12,5\n");
        var replay = new Replay(file.Path, options => options.Speed = 1);

        var points = await replay.PlayTimed();

        Assert.Equal([0, 10, 10, 10, 12], points.Select(point => point.After.TotalSeconds));
        Assert.Equal([1, 2, 3, 4, 5], points.Select(point => point.Point.Value));
        Assert.Equal(At(9), points[2].Point.Timestamp);
    }

    [Fact]
    public async Task Bad_row_does_not_change_when_the_others_come()
    {
        using var file = new TempCsv("time,a\n1999-01-01,x\n2020-02-08 10:00:00,1\n2030-01-01,x\n2020-02-08 10:00:01,2\n");
        var replay = new Replay(file.Path, options => options.Speed = 1);

        Assert.Equal([0, 1], (await replay.PlayTimed()).Select(point => point.After.TotalSeconds));
    }

    [Fact]
    public async Task Loop_goes_on_in_time_after_a_typical_interval()
    {
        // Intervals of 1, 1, 6 and 1 s: the typical one is 1 s, a pass takes 9 + 1 s.
        using var file = new TempCsv("time,a\n" + string.Concat(new[] { 0, 1, 2, 8, 9 }.Select(i => $"2020-02-08 10:00:0{i},{i}\n")));
        var replay = new Replay(file.Path, options => (options.Loop, options.Speed) = (true, 2));

        var points = await replay.PlayTimed(most: 15);

        Assert.False(replay.Source.EndsByItself);
        int[] seconds = [0, 1, 2, 8, 9, 10, 11, 12, 18, 19, 20, 21, 22, 28, 29];
        Assert.Equal(seconds.Select(s => At(10, 0, s)), points.Select(point => point.Point.Timestamp));
        Assert.Equal(seconds.Select(s => s / 2.0), points.Select(point => point.After.TotalSeconds));
        Assert.Equal(seconds.Select(s => (double?)(s % 10)), points.Select(point => point.Point.Value));
        Assert.Equal(["a"], replay.Sensors.Select(sensor => sensor.Id));
    }

    [Fact]
    public async Task Loop_over_rows_out_of_order_still_goes_on_in_time()
    {
        using var file = new TempCsv("time,a\n2020-02-08 10:00:05,1\n2020-02-08 10:00:09,2\n2020-02-08 10:00:01,3\n");
        var replay = new Replay(file.Path, options => options.Loop = true);

        var points = await replay.Play(most: 6);

        // From 10:00:01 to 10:00:09 and once more the interval of 4 s.
        Assert.Equal([17, 21, 13], points.Skip(3).Select(point => point.Timestamp.Second));
    }

    [Fact]
    public async Task Loop_over_a_single_row_goes_on_by_a_second()
    {
        using var file = new TempCsv("time,a\n2020-02-08 10:00:00,1\n");
        var replay = new Replay(file.Path, options => options.Loop = true);

        Assert.Equal([0, 1, 2], (await replay.Play(most: 3)).Select(point => point.Timestamp.Second));
    }

    [Fact]
    public async Task Loop_at_the_end_of_time_says_so()
    {
        using var file = new TempCsv("time,a\n0001-01-01,1\n9999-12-31,2\n");
        var replay = new Replay(file.Path, options => options.Loop = true);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => replay.Play(most: 10));

        Assert.Contains("beyond the year 9999", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Play_once_ends_and_can_be_repeated_exactly()
    {
        using var file = new TempCsv(ThreeRows);
        var replay = new Replay(file.Path);

        var first = await replay.Play();
        var second = await replay.Play();

        Assert.True(replay.Source.EndsByItself);
        Assert.Equal(3, first.Count);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_and_a_replay_without_waits()
    {
        using var file = new TempCsv("time,a\n2020-02-08,1\n2021-02-08,2\n");
        using var cancelled = new CancellationTokenSource();
        var waiting = new Replay(file.Path, options => options.Speed = 1);
        waiting.Time.Late = _ =>
        {
            cancelled.Cancel();
            return TimeSpan.Zero;
        };
        var looping = new Replay(file.Path, options => options.Loop = true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting.Source.ReadAsync(cancelled.Token).ToListAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await looping.Source.ReadAsync(cancelled.Token).ToListAsync());
    }

    [Theory]
    [InlineData("2020-02-08,1\n")]
    [InlineData("bad,1\n")]
    public void Rows_that_are_not_waited_for_let_others_run(string row)
    {
        using var file = new TempCsv("time,a\n" + string.Concat(Enumerable.Repeat(row, 10_000)) + "2020-02-08,1\n");
        var replay = new Replay(file.Path);
        var others = new QueueingContext();

        others.Run(async () => Assert.NotEmpty(await replay.Play()));

        // One turn after 256 rows, and some of the helpers' own.
        Assert.InRange(others.Turns, 10_001 / 256, 1000);
    }

    [Fact]
    public async Task File_is_read_row_by_row_and_closed_when_the_reader_leaves()
    {
        using var file = new TempCsv("time,a\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i},{i}\n")));
        var replay = new Replay(file.Path);

        Assert.Equal(10, (await replay.Play(most: 10)).Count);

        // Were it still open, this would fail with a sharing violation.
        await using var exclusive = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void Typical_interval_is_the_median_of_those_there_are()
    {
        var extent = new RecordedExtent();
        Assert.True(extent.IsEmpty);

        foreach (var second in new[] { 0, 2, 2, 4, 50, 52 })
        {
            extent.Add(At(10, 0, second));
        }

        Assert.False(extent.IsEmpty);
        Assert.Equal(TimeSpan.FromSeconds(52 + 2), extent.Length);
    }
}
