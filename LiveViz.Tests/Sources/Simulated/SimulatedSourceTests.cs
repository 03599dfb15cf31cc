using LiveViz.Server.Sources.Simulated;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Sources.Simulated;

public class SimulatedSourceTests
{
    private static readonly SimulatedOptions Faultless = new() { MeanTimeBetweenFaults = 0, Rate = 1 };

    [Fact]
    public void Sensors_of_the_default_factory_are_24_in_4_areas()
    {
        var sensors = Simulation.Source(new SimulatedOptions(), new VirtualTime()).Sensors;

        Assert.Equal(24, sensors.Select(sensor => sensor.Id).Distinct().Count());
        Assert.Equal(24, sensors.Select(sensor => sensor.Name).Distinct().Count());
        Assert.Equal(
            [("Boiler house", 6), ("Compressor station", 6), ("Conveyors", 6), ("Cooling", 6)],
            sensors.GroupBy(sensor => sensor.Group).Select(area => (area.Key, area.Count())));
        Assert.All(sensors, sensor =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)+$", sensor.Id);
            Assert.NotEmpty(sensor.Unit);
            Assert.True(sensor.Range!.Low < sensor.Normal!.Low && sensor.Normal.High < sensor.Range.High);
            Assert.True(sensor.Resolution > 0);
            Assert.False(sensor.Recorded);
        });
        Assert.Contains(sensors, sensor => sensor is { Id: "boiler-1-steam-pressure", Name: "Boiler 1 steam pressure", Unit: "bar", Resolution: 0.01 });
    }

    [Fact]
    public async Task Copies_have_sensors_and_a_course_of_their_own()
    {
        var options = new SimulatedOptions { MeanTimeBetweenFaults = 0, Rate = 1, Copies = 3 };

        var sensors = Simulation.Source(options, new VirtualTime()).Sensors;
        var points = await Simulation.Run(options, TimeSpan.FromMinutes(1));

        Assert.Equal(72, sensors.Select(sensor => sensor.Id).Distinct().Count());
        Assert.Equal(sensors.Select(sensor => sensor.Id), points.Take(72).Select(point => point.SensorId));
        Assert.Contains(sensors, sensor => sensor is { Id: "line-2-boiler-1-steam-flow", Name: "Line 2 boiler 1 steam flow", Group: "Line 2 boiler house" });
        Assert.NotEqual(points.Values("boiler-1-steam-flow"), points.Values("line-2-boiler-1-steam-flow"));
        Assert.Equal(
            await Simulation.Run(Faultless, TimeSpan.FromMinutes(1)),
            points.Where(point => !point.SensorId.StartsWith("line-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_points_whenever_it_starts()
    {
        var options = new SimulatedOptions { Seed = 7, MeanTimeBetweenFaults = 10 };
        var (first, second) = (new VirtualTime(), new VirtualTime(new DateTimeOffset(2031, 7, 5, 3, 2, 1, TimeSpan.Zero).AddTicks(1234567)));
        var (start, otherStart) = (first.GetUtcNow().UtcDateTime, second.GetUtcNow().UtcDateTime);

        var points = await Simulation.Run(options, TimeSpan.FromMinutes(2), first);
        var again = await Simulation.Run(options, TimeSpan.FromMinutes(2), second);

        Assert.True(points.Count > 50_000);
        Assert.Equal(points, again.Select(point => point with { Timestamp = start + (point.Timestamp - otherStart) }));
    }

    [Fact]
    public async Task Reading_again_starts_afresh_from_now()
    {
        var time = new VirtualTime();
        var source = Simulation.Source(Faultless, time);
        var first = await source.ReadAsync(CancellationToken.None).Take(240).ToListAsync();
        time.Advance(TimeSpan.FromHours(1));
        var restart = time.GetUtcNow().UtcDateTime;

        var second = await source.ReadAsync(CancellationToken.None).Take(240).ToListAsync();

        Assert.Equal(restart, second[0].Timestamp);
        Assert.Equal(first.Select(point => point.Value), second.Select(point => point.Value));
    }

    [Fact]
    public async Task Different_seeds_give_different_factories()
    {
        var one = await Simulation.Run(Faultless, TimeSpan.FromSeconds(10));
        var other = await Simulation.Run(new SimulatedOptions { MeanTimeBetweenFaults = 0, Rate = 1, Seed = 2 }, TimeSpan.FromSeconds(10));

        Assert.All(one.Zip(other).GroupBy(pair => pair.First.SensorId), sensor =>
            Assert.Contains(sensor, pair => Math.Abs(pair.First.Value!.Value - pair.Second.Value!.Value) > 1e-3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task Timestamps_lie_on_the_exact_grid(int rate)
    {
        var time = new VirtualTime();
        var start = time.GetUtcNow().UtcDateTime;

        var points = await Simulation.Run(new SimulatedOptions { MeanTimeBetweenFaults = 0, Rate = rate }, TimeSpan.FromSeconds(20), time);

        Assert.Equal(24 * 20 * rate, points.Count);
        Assert.All(points, point => Assert.Equal(DateTimeKind.Utc, point.Timestamp.Kind));
        Assert.All(points.Chunk(24).Select((row, n) => (row, n)), sample =>
        {
            Assert.Equal(24, sample.row.Select(point => point.SensorId).Distinct().Count());
            Assert.All(sample.row, point => Assert.Equal(start.AddTicks(sample.n * 10_000_000L / rate), point.Timestamp));
        });
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(20, 50)]
    [InlineData(1000, 20)]
    public async Task Waits_are_for_the_next_sample_but_not_below_20_ms(int rate, int milliseconds)
    {
        var time = new VirtualTime();

        await Simulation.Run(new SimulatedOptions { MeanTimeBetweenFaults = 0, Rate = rate }, TimeSpan.FromSeconds(5), time);

        Assert.NotEmpty(time.Waits);
        Assert.All(time.Waits, wait => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), wait));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task No_sample_comes_before_its_time(int rate)
    {
        var time = new VirtualTime();

        await foreach (var point in Simulation.Source(new SimulatedOptions { Rate = rate }, time).ReadAsync(CancellationToken.None).Take(5000))
        {
            var age = time.GetUtcNow().UtcDateTime - point.Timestamp;
            Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        }
    }

    [Fact]
    public async Task A_pause_within_5_s_is_caught_up_with()
    {
        var time = new VirtualTime { Late = n => n == 40 ? TimeSpan.FromSeconds(4.9) : TimeSpan.Zero };

        var points = await Simulation.Run(new SimulatedOptions { Rate = 20 }, TimeSpan.FromSeconds(20), time);

        Assert.Equal(await Simulation.Run(new SimulatedOptions { Rate = 20 }, TimeSpan.FromSeconds(20)), points);
    }

    [Fact]
    public async Task A_pause_beyond_5_s_loses_its_samples_and_says_so()
    {
        var time = new VirtualTime { Late = n => n == 99 ? TimeSpan.FromSeconds(30) : TimeSpan.Zero };
        var start = time.GetUtcNow().UtcDateTime;
        var logger = new ListLogger<SimulatedSource>();
        var options = new SimulatedOptions { Rate = 20 };

        var points = await new SimulatedSource(options, time, logger).ReadAsync(CancellationToken.None)
            .TakeWhile(point => point.Timestamp < start.AddSeconds(60)).ToListAsync();

        // Up to sample 99 at 4.95 s, then the wait for 5 s is over at 35 s.
        var uninterrupted = await Simulation.Run(options, TimeSpan.FromSeconds(60));
        Assert.Equal(
            uninterrupted.Where(point => point.Timestamp < start.AddSeconds(5) || point.Timestamp >= start.AddSeconds(35)),
            points);
        var (level, message) = Assert.Single(logger.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("held up", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_set_back_does_not_stop_the_samples()
    {
        var time = new VirtualTime { Late = n => n == 9 ? TimeSpan.FromHours(-1) : TimeSpan.Zero };
        var start = time.GetUtcNow().UtcDateTime;

        var points = await Simulation.Source(Faultless, time).ReadAsync(CancellationToken.None).Take(24 * 20).ToListAsync();

        var timestamps = points.Chunk(24).Select(row => row[0].Timestamp).ToArray();
        Assert.Equal(Enumerable.Range(0, 10).Select(n => start.AddSeconds(n)), timestamps[..10]);
        Assert.Equal(Enumerable.Range(10, 10).Select(n => start.AddHours(-1).AddSeconds(n)), timestamps[10..]);
    }

    [Fact]
    public async Task A_sample_costs_no_allocation()
    {
        var points = Simulation.Source(new SimulatedOptions { Rate = 1000 }, new VirtualTime()).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        for (var i = 0; i < 50_000; i++)
        {
            Assert.True(Next(points));
        }

        const int Samples = 240_000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Samples; i++)
        {
            Next(points);
        }

        // What is left is the timers: one for 480 samples.
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange((double)allocated / Samples, 0, 8);
        await points.DisposeAsync();
    }

    [Fact]
    public async Task Cancellation_ends_the_wait()
    {
        using var cancelled = new CancellationTokenSource();
        var time = new VirtualTime
        {
            Late = n =>
            {
                if (n == 3)
                {
                    cancelled.Cancel();
                }

                return TimeSpan.Zero;
            },
        };
        var count = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var point in Simulation.Source(Faultless, time).ReadAsync(cancelled.Token))
            {
                count++;
            }
        });

        Assert.Equal(24 * 4, count);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_what_is_allowed()
    {
        Assert.Empty(OptionsCheck.Errors(new SimulatedOptions { Type = "Simulated" }));
        Assert.Empty(OptionsCheck.Errors(new SimulatedOptions { Type = "Simulated", Rate = 1000, Copies = 50, MeanTimeBetweenFaults = 0 }));
        Assert.Equal(3, OptionsCheck.Errors(new SimulatedOptions { Type = "Simulated", Rate = 0, Copies = 51, MeanTimeBetweenFaults = -1 }).Count);
        Assert.Contains("1 to 1000", Assert.Single(OptionsCheck.Errors(new SimulatedOptions { Type = "Simulated", Rate = 1001 })), StringComparison.Ordinal);
    }

    private static bool Next(IAsyncEnumerator<DataPoint> points)
    {
        var next = points.MoveNextAsync();
        return next.IsCompletedSuccessfully && next.Result;
    }
}
