namespace LiveViz.Tests.Streaming;

public class SensorLogTests
{
    private const int Block = LiveViz.Server.Streaming.LogBlock.Size;
    private const int MostHeld = TestLog.SmallestBudget * Block;

    [Fact]
    public void Memory_bound_takes_the_oldest_away_and_keeps_the_newest()
    {
        var series = TestLog.New().Open();

        series.Fill(200_000);

        Assert.InRange(series.Held(), MostHeld - Block, MostHeld);
        Assert.Equal(200_001, series.Next);
    }

    [Fact]
    public void Memory_bound_is_one_for_all_sensors()
    {
        var log = TestLog.New();
        var all = Enumerable.Range(0, 7).Select(i => log.Open($"s{i}")).ToArray();

        foreach (var series in all)
        {
            series.Fill(50_000);
        }

        Assert.InRange(all.Sum(series => series.Held()), MostHeld - all.Length * Block, MostHeld);
    }

    [Fact]
    public void Memory_is_taken_from_whoever_has_most()
    {
        var log = TestLog.New();
        var (rich, poor, newcomer) = (log.Open("rich"), log.Open("poor"), log.Open("newcomer"));
        poor.Fill(5 * Block);
        rich.Fill(200 * Block);
        var oldest = rich.Oldest;

        newcomer.Fill(20 * Block);

        Assert.Equal(1, newcomer.Oldest);
        Assert.Equal(1, poor.Oldest);
        Assert.InRange(rich.Oldest, oldest + 19 * Block, oldest + 22 * Block);
    }

    [Fact]
    public void Memory_is_shared_evenly_by_sensors_that_all_want_it()
    {
        var log = TestLog.New();
        var (one, two) = (log.Open("one"), log.Open("two"));
        one.Fill(200 * Block);

        two.Fill(200 * Block);

        Assert.InRange(one.Held() - two.Held(), -2 * Block, 2 * Block);
    }

    [Fact]
    public void Sensor_that_memory_is_too_short_for_is_refused()
    {
        var log = TestLog.New();
        for (var i = 0; i < TestLog.SmallestBudget / 2; i++)
        {
            log.Open($"s{i}");
        }

        Assert.False(log.TryAdd(new Sensor { Id = "one more" }, out _));
        Assert.False(log.TryGet("one more", out _));
        Assert.True(log.TryAdd(new Sensor { Id = "s0" }, out var known));
        Assert.Same(log.All[0], known);
        Assert.Equal(TestLog.SmallestBudget / 2, log.All.Length);
    }

    [Fact]
    public void As_many_sensors_as_are_allowed_each_keep_their_newest_block()
    {
        var log = TestLog.New();
        var all = Enumerable.Range(0, TestLog.SmallestBudget / 2).Select(i => log.Open($"s{i}")).ToArray();

        for (var round = 0; round < 5; round++)
        {
            foreach (var series in all)
            {
                series.Fill(Block);
            }
        }

        Assert.All(all, series => Assert.True(series.Held() >= Block, $"{series.Sensor.Id} holds {series.Held()}"));
    }

    [Fact]
    public void Sensors_are_told_apart_by_the_case_of_their_ids()
    {
        var log = TestLog.New();

        Assert.NotSame(log.Open("a"), log.Open("A"));
    }

    [Fact]
    public void Series_are_numbered_in_the_order_in_which_they_came()
    {
        var log = TestLog.New();
        log.Open("b");
        log.Open("a");
        log.Open("b");

        Assert.Equal(["b", "a"], log.All.Select(series => series.Sensor.Id));
        Assert.Equal([0, 1], log.All.Select(series => series.Index));
    }

    [Fact]
    public void Appended_counts_the_samples_of_all_sensors_also_those_no_longer_held()
    {
        var log = TestLog.New();
        log.Open("a").Fill(100_000);
        log.Open("b").Fill(5);

        Assert.Equal(100_005, log.Appended);
    }

    [Fact]
    public void Epoch_is_another_one_in_another_life()
    {
        var time = Clock.New();
        var first = TestLog.New(time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(first.Epoch, TestLog.New(time).Epoch);
    }
}
