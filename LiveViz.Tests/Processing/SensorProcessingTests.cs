using LiveViz.Server.Streaming;
using LiveViz.Tests.Streaming;

namespace LiveViz.Tests.Processing;

public class SensorProcessingTests
{
    [Fact]
    public void Value_is_scaled_and_what_came_is_kept_beside_in_its_own_unit()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "t", "Name": "Boiler", "Unit": "°C", "Group": "Boilers", "Scale": 0.1, "Offset": -40, "Normal": { "Low": 0, "High": 90 } } ]""");
        plant.Intake("source", new Sensor { Id = "t", Unit = "counts", Range = new ValueRange(0, 4095) });
        plant.Send("t", 1, 1000, Quality.Uncertain);
        plant.Send("t", 2, null);
        plant.Send("t", 3, double.MaxValue);

        Assert.Equal([(1, 60, Quality.Uncertain), (2, double.NaN, Quality.Bad), (3, double.MaxValue * 0.1 - 40, Quality.Good)], plant.Samples("t"));
        Assert.Equal([(1, 1000, Quality.Uncertain), (2, double.NaN, Quality.Bad), (3, double.MaxValue, Quality.Good)], plant.Samples("t.raw"));
        Assert.Equal(
            new Sensor { Id = "t.raw", Name = "Boiler, raw", Unit = "counts", Group = "Boilers", Source = "source", Range = new ValueRange(0, 4095), RawOf = "t" },
            plant.Sensor("t.raw"));
        Assert.Null(plant.Sensor("t").RawOf);
    }

    [Fact]
    public void Value_that_grows_beyond_numbers_is_none()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Scale": 10, "KeepRaw": false } ]""");
        plant.Send("a", 0, double.MaxValue);
        plant.Send("a", 1, -0.0);

        Assert.Equal([double.NaN, -0.0], plant.Values("a"));
        Assert.True(double.IsNegative(plant.Values("a")[1]));
        Assert.Equal(Quality.Bad, plant.Samples("a")[0].Quality);
        Assert.False(plant.Has("a.raw"));
    }

    [Fact]
    public void Value_beyond_an_end_is_set_to_it_and_uncertain()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Scale": 2, "Clamp": { "Low": 0, "High": 10 } }, { "Sensor": "b", "Clamp": { "High": 1 } } ]""");
        foreach (var (value, i) in new[] { -1.0, 0, 5, 5.1 }.Select((value, i) => (value, i)))
        {
            plant.Send("a", i, value);
        }

        plant.Send("a", 4, 99, Quality.Bad);
        plant.Send("b", 0, -1e9);

        Assert.Equal(
            [(0, 0, Quality.Uncertain), (1, 0, Quality.Good), (2, 10, Quality.Good), (3, 10, Quality.Uncertain), (4, 10, Quality.Bad)],
            plant.Samples("a"));
        Assert.Equal([(0, -1e9, Quality.Good)], plant.Samples("b"));
    }

    [Fact]
    public void Deadband_keeps_what_is_news_and_the_sample_before_it()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Deadband": { "Amount": 1 } } ]""");
        double[] values = [10, 10.5, 11, 11.1, 11.2, 10.9, 5, 5, 5];
        for (var i = 0; i < values.Length; i++)
        {
            plant.Send("a", i, values[i]);
        }

        plant.Send("a", 9, 5, Quality.Uncertain);
        plant.Send("a", 10, 5, Quality.Uncertain);
        plant.Send("a", 11, null);
        plant.Send("a", 12, null);

        Assert.Equal([0, 2, 3, 5, 6, 8, 9, 10, 11], plant.Samples("a").Select(sample => sample.Seconds));
        Assert.Equal(13, plant.Samples("a.raw").Length);
        Assert.All(plant.Gaps("a"), Assert.False);
    }

    [Fact]
    public void Sensor_that_does_not_change_is_not_stale_and_leaves_no_gap()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Deadband": { "Amount": 1 }, "KeepRaw": false } ]""");
        for (var i = 0; i <= 600; i++)
        {
            plant.Send("a", i, i < 600 ? 1 : 5);
        }

        Assert.Equal([(0, 1, Quality.Good), (599, 1, Quality.Good), (600, 5, Quality.Good)], plant.Samples("a"));
        Assert.Equal([false, false, false], plant.Gaps("a"));
        Assert.False(plant.Series("a").IsStale(Clock.Ticks(604)));
        Assert.True(plant.Series("a").IsStale(Clock.Ticks(606)));
        Assert.Equal(601, plant.Intake().Accepted);
    }

    [Fact]
    public void First_sample_after_a_gap_is_kept_and_so_is_the_last_before_it()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Deadband": { "Amount": 1 } } ]""");
        foreach (var second in new[] { 0, 1, 2, 3, 100, 101 })
        {
            plant.Send("a", second, 1);
        }

        Assert.Equal([0, 3, 100], plant.Samples("a").Select(sample => sample.Seconds));
        Assert.Equal([false, false, true], plant.Gaps("a"));
    }

    [Fact]
    public void Sample_is_kept_after_the_maximum_interval()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Deadband": { "Amount": 1, "MaximumInterval": "00:00:10" } } ]""");
        for (var i = 0; i < 60; i++)
        {
            plant.Send("a", i * 0.7, 1 + i % 2 * 0.5);
        }

        Assert.Equal([0, 10.5, 21, 31.5], plant.Samples("a").Select(sample => sample.Seconds));
    }

    [Fact]
    public void Average_and_rate_are_new_sensors_of_every_sample_and_the_sensor_stays_as_it_is()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "a", "Scale": 2, "Deadband": { "Amount": 100 }, "KeepRaw": false,
                "MovingAverage": { "Over": "00:00:02" }, "RateOfChange": { "Over": "00:00:02", "Per": "Minute", "Sensor": "{id} slope" } } ]
            """);
        foreach (var (value, second) in new[] { 0.0, 1, 3, 3, 3 }.Select((value, second) => (value, second)))
        {
            plant.Send("a", second, value);
        }

        Assert.Equal([0], plant.Values("a"));
        Assert.Equal([0, 1, (1 + 4) / 2.0, 5, 6], plant.Values("a.avg"));
        Assert.Equal([(2, 180, Quality.Good), (3, 120, Quality.Good), (4, 0, Quality.Good)], plant.Samples("a slope"));
        Assert.False(plant.Has("a.raw"));
    }

    [Fact]
    public void Late_sample_is_kept_and_changes_nothing_that_was_calculated()
    {
        const string Settings = """[ { "Sensor": "a", "Scale": 2, "Deadband": { "Amount": 1 }, "MovingAverage": { "Over": "00:00:05" }, "RateOfChange": { "Over": "00:00:03" } }, { "Sensor": "f", "Formula": "[a]" } ]""";
        var (plant, undisturbed) = (new ProcessedPlant(Settings), new ProcessedPlant(Settings));
        for (var i = 0; i < 20; i++)
        {
            plant.Send("a", i, i * i);
            undisturbed.Send("a", i, i * i);
            plant.Late("a", i - 3.5, 1e6);
        }

        Assert.Equal(20, plant.Values("a").Count(value => value == 2e6));
        Assert.Equal(undisturbed.Values("a"), plant.Values("a").Where(value => value != 2e6));
        Assert.Equal(undisturbed.Samples("a.avg"), plant.Samples("a.avg"));
        Assert.Equal(undisturbed.Samples("a.rate"), plant.Samples("a.rate"));
        Assert.Equal(undisturbed.Samples("f"), plant.Samples("f"));
    }

    [Fact]
    public void Clock_that_was_ahead_and_is_put_right_goes_on_at_once()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "a", "Deadband": { "Amount": 1 }, "MovingAverage": { "Over": "00:00:05" }, "RateOfChange": { "Over": "00:00:02" } },
              { "Sensor": "f", "Formula": "[a] * 2" } ]
            """);
        plant.Late("a", 3600, 100);
        plant.Late("a", 3601, 200);
        for (var i = 0; i < 10; i++)
        {
            plant.Send("a", i, i * 3);
        }

        Assert.Equal([0, 1.5, 3], plant.Values("a.avg").Skip(2).Take(3));
        Assert.Equal([3, 3, 3, 3, 3, 3, 3, 3], plant.Values("a.rate"));
        Assert.Equal([200, 400, 0, 6, 12], plant.Values("f").Take(5));
        Assert.Equal(12, plant.Values("a").Length);
    }

    [Fact]
    public void Gap_begins_the_rate_anew_and_makes_the_average_uncertain()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "MovingAverage": { "Over": "00:01:00" }, "RateOfChange": { "Over": "00:00:02" } } ]""");
        foreach (var second in new[] { 0, 1, 2, 3, 30, 31, 32, 90, 91, 92 })
        {
            plant.Send("a", second, second < 50 ? second : 0);
        }

        Assert.Equal([2, 3, 32, 92], plant.Samples("a.rate").Select(sample => sample.Seconds));
        Assert.Equal([Quality.Good, Quality.Good, Quality.Good, Quality.Good, Quality.Uncertain, Quality.Uncertain], plant.Samples("a.avg").Take(6).Select(sample => sample.Quality));
        Assert.Equal((1.5 * 3 + 31 * 2) / 5, plant.Values("a.avg")[6], 12);
    }

    [Fact]
    public void What_the_server_calculates_no_source_can_deliver()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "MovingAverage": { "Over": "00:01:00" } }, { "Sensor": "f", "Formula": "[a]" } ]""");
        plant.Send("a", 0, 1);
        foreach (var id in new[] { "a.avg", "f" })
        {
            Assert.False(plant.Intake().Accept(new DataPoint(id, Clock.Start, 7), out var problem));
            Assert.Contains("calculated by the server", problem, StringComparison.Ordinal);
        }

        Assert.Equal([1], plant.Values("a.avg"));
        Assert.Equal([1], plant.Values("f"));
    }

    [Fact]
    public void Sensor_that_another_source_delivers_is_not_made_and_that_is_said_once()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "MovingAverage": { "Over": "00:01:00" } } ]""");
        plant.Send("a.avg", 0, 7, source: "other");
        plant.Send("a", 1, 1);
        plant.Intake("source").Describe();
        plant.Send("a", 2, 1);
        plant.Send("a.avg", 3, 8, source: "other");

        Assert.Equal([7, 8], plant.Values("a.avg"));
        Assert.Equal([1, 1], plant.Values("a"));
        Assert.Contains("\"a.avg\" is not made of \"a\": it is there already, of the source \"other\"", Assert.Single(plant.Logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sensors_are_not_made_one()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "MovingAverage": { "Over": "00:01:00", "Sensor": "m" } }, { "Sensor": "b", "MovingAverage": { "Over": "00:01:00", "Sensor": "m" } } ]""");
        plant.Send("a", 0, 1);
        plant.Send("b", 0, 2);

        Assert.Equal([1], plant.Values("m"));
        Assert.Contains("\"m\" is not made of \"b\": it is made of the sensor \"a\" too", Assert.Single(plant.Logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensor_whose_past_is_in_the_log_already_is_processed_from_its_first_sample_on()
    {
        var log = TestLog.New(megabytes: 8);
        foreach (var id in new[] { "a", "a.avg" })
        {
            log.Open(new Sensor { Id = id, Name = "old", Source = "source" }).Append(-10, 5);
        }

        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Name": "new", "Scale": 2, "KeepRaw": false, "MovingAverage": { "Over": "00:01:00" } } ]""", log);
        plant.Send("a", 0, 1);

        Assert.Equal([5, 2], plant.Values("a"));
        Assert.Equal([5, 2], plant.Values("a.avg"));
        Assert.Equal(("new", "new, average"), (plant.Sensor("a").Name, plant.Sensor("a.avg").Name));
        Assert.False(plant.Intake().Accept(new DataPoint("a.avg", Clock.Start, 7)));
    }

    [Fact]
    public void Sensors_too_many_for_the_log_are_not_made_and_the_others_go_on()
    {
        var log = TestLog.New();
        for (var i = 0; i < TestLog.SmallestBudget / 2 - 1; i++)
        {
            log.Open($"s{i}");
        }

        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Scale": 2, "MovingAverage": { "Over": "00:01:00" } } ]""", log);
        plant.Send("a", 0, 1);

        Assert.Equal([2], plant.Values("a"));
        Assert.Equal(2, plant.Logger.Entries.Count);
        Assert.All(plant.Logger.Entries, entry => Assert.Contains("LiveViz:LogMegabytes", entry.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_made_can_be_made_something_of()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "a", "MovingAverage": { "Over": "00:00:02", "Sensor": "m" } },
              { "Sensor": "m", "Deadband": { "Amount": 0 }, "RateOfChange": { "Over": "00:00:01" } },
              { "Sensor": "f", "Formula": "[m.rate] + [m.raw]" } ]
            """);
        for (var i = 0; i < 5; i++)
        {
            plant.Send("a", i, i);
        }

        Assert.Equal([0, 0.5, 1, 2, 3], plant.Values("m.raw"));
        Assert.Equal([0.5, 0.5, 1, 1], plant.Values("m.rate"));
        Assert.Equal([1, 1.5, 3, 4], plant.Samples("f").Where(sample => sample.Quality == Quality.Good).GroupBy(sample => sample.Seconds, (_, same) => same.Last().Value));
    }

    [Fact]
    public void Same_input_gives_the_same_output()
    {
        const string Settings = """
            [ { "Sensor": "*", "Scale": 1.7, "Clamp": { "Low": -50, "High": 50 }, "Deadband": { "Amount": 3, "MaximumInterval": "00:00:05" },
                "MovingAverage": { "Over": "00:00:07" }, "RateOfChange": { "Over": "00:00:03" } },
              { "Sensor": "f", "Formula": "[a] * [b.avg] / [c]" } ]
            """;
        var (once, again) = (Run(), Run());
        Assert.Equal(
            ["a", "a.avg", "a.rate", "a.raw", "b", "b.avg", "b.rate", "b.raw", "c", "c.avg", "c.rate", "c.raw", "f"],
            once.Log.All.Select(series => series.Sensor.Id).Order());
        foreach (var id in once.Log.All.Select(series => series.Sensor.Id))
        {
            Assert.True(once.Samples(id).Length > 100, id);
            Assert.Equal(once.Samples(id), again.Samples(id));
            Assert.Equal(once.Gaps(id), again.Gaps(id));
        }

        static ProcessedPlant Run()
        {
            var plant = new ProcessedPlant(Settings);
            var random = new Random(5);
            for (var (i, second) = (0, 0.0); i < 5000; i++, second += random.NextDouble() * (i % 500 == 0 ? 60 : 0.2))
            {
                plant.Send(((char)('a' + random.Next(3))).ToString(), second, random.Next(20) == 0 ? null : random.NextDouble() * 100 - 50, (Quality)(random.Next(30) == 0 ? 1 : 0));
            }

            return plant;
        }
    }

    [Fact]
    public void Samples_of_known_sensors_allocate_nothing()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "*", "Scale": 2, "Clamp": { "Low": 0, "High": 1E9 }, "Deadband": { "Amount": 3 },
                "MovingAverage": { "Over": "00:00:10" }, "RateOfChange": { "Over": "00:00:10" } },
              { "Sensor": "f", "Formula": "Max([a], [b]) / if([a] > 3, 2, [b])" }, { "Sensor": "g", "Formula": "[f] ** 2" } ]
            """, TestLog.New());
        // Until the log is full, and takes back what it gave.
        Feed(0, 80_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(80_000, 100_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int from, int to)
        {
            var intake = plant.Intake();
            for (var i = from; i < to; i++)
            {
                intake.Accept(new DataPoint(i % 2 == 0 ? "a" : "b", Clock.Start.AddMilliseconds(i), i % 10));
            }
        }
    }

    [Fact]
    public void Where_nothing_is_said_nothing_is_done()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "a", "Name": "Flow" } ]""");
        plant.Send("a", 0, 1);
        plant.Send("b", 0, 1);

        Assert.All(plant.Log.All, series => Assert.Null(series.Pipeline));
        Assert.Equal(["a", "b"], plant.Log.All.Select(series => series.Sensor.Id));
        Assert.Null(plant.Formulas.StatusAmong([]));
    }
}
