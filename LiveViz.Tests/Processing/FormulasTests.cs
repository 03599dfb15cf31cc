using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Tests.Processing;

public class FormulasTests
{
    private const string Efficiency = """[ { "Sensor": "pump.efficiency", "Formula": "[flow] * [head] / [power]", "Unit": "%", "Name": "Efficiency", "Group": "Pump" } ]""";

    [Fact]
    public void Formula_is_calculated_at_each_sample_of_any_input_with_the_last_values_of_the_others()
    {
        var plant = new ProcessedPlant(Efficiency);
        plant.Send("flow", 0, 10);
        plant.Send("head", 0.1, 2, source: "other");
        plant.Send("power", 0.2, 4);
        plant.Send("flow", 1, 20);
        plant.Send("power", 1.5, 8);

        Assert.Equal(
            [(0, double.NaN, Quality.Bad), (0.1, double.NaN, Quality.Bad), (0.2, 5, Quality.Good), (1, 10, Quality.Good), (1.5, 5, Quality.Good)],
            plant.Samples("pump.efficiency"));
        Assert.Equal(new Sensor { Id = "pump.efficiency", Name = "Efficiency", Unit = "%", Group = "Pump", Source = "Formulas" }, plant.Sensor("pump.efficiency"));
    }

    [Fact]
    public void Formula_is_there_before_its_inputs_and_what_it_waits_for_is_said()
    {
        var plant = new ProcessedPlant(Efficiency);
        Assert.True(plant.Has("pump.efficiency"));
        Assert.Equal(
            (SourceState.Waiting, "without a value until there is a sensor \"flow\" (for pump.efficiency), \"head\" (for pump.efficiency), \"power\" (for pump.efficiency)"),
            Status(plant));

        plant.Send("flow", 0, 1);
        plant.Send("power", 0, 1);
        Assert.Equal((SourceState.Waiting, "without a value until there is a sensor \"head\" (for pump.efficiency)"), Status(plant));

        plant.Send("head", 0, 1);
        Assert.Equal((SourceState.Running, ""), Status(plant));
        Assert.Equal(3, plant.Formulas.StatusAmong([])!.Accepted);
        Assert.Equal("Formulas", plant.Formulas.StatusAmong([])!.Name);
    }

    [Fact]
    public void Formulas_are_complete_when_all_sources_are()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a]" } ]""");
        plant.Send("a", 0, 1);

        Assert.Equal(SourceState.Running, plant.Formulas.StatusAmong([Source(SourceState.Completed), Source(SourceState.Running)])!.State);
        Assert.Equal(SourceState.Completed, plant.Formulas.StatusAmong([Source(SourceState.Completed)])!.State);

        static SourceStatus Source(SourceState state) => new() { Name = "s", Type = "t", State = state, Since = Clock.Start };
    }

    [Fact]
    public void Worst_quality_is_that_of_the_result()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + [b]" } ]""");
        plant.Send("a", 0, 1);
        plant.Send("b", 0, 1, Quality.Uncertain);
        plant.Send("a", 1, 1, Quality.Bad);
        plant.Send("b", 1.5, 1);
        plant.Send("a", 2, null);
        plant.Send("a", 3, 1);

        Assert.Equal(
            [(0, double.NaN, Quality.Bad), (0, 2, Quality.Uncertain), (1, double.NaN, Quality.Bad), (1.5, double.NaN, Quality.Bad), (2, double.NaN, Quality.Bad), (3, 2, Quality.Good)],
            plant.Samples("f"));
    }

    [Fact]
    public void Input_that_has_gone_stale_leaves_no_value()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + [b]" }, { "Sensor": "b", "StaleAfter": "00:00:10" } ]""");
        plant.Send("b", 0, 1);
        plant.Send("a", 10, 1);
        plant.Send("a", 11, 1);
        plant.Send("b", 12, 2);

        Assert.Equal([double.NaN, 2, double.NaN, 3], plant.Values("f"));
    }

    [Fact]
    public void Input_that_says_nothing_new_is_not_stale()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + [b]" }, { "Sensor": "b", "Deadband": { "Amount": 1 } } ]""");
        for (var i = 0; i < 100; i++)
        {
            plant.Send("b", i, 1);
        }

        plant.Send("a", 100, 1);

        Assert.Equal(2, plant.Values("f")[^1]);
    }

    [Fact]
    public void Result_that_is_no_number_is_no_value()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "1 / [a]" } ]""");
        plant.Send("a", 0, 0);
        plant.Send("a", 1, 4);

        Assert.Equal([(0, double.NaN, Quality.Bad), (1, 0.25, Quality.Good)], plant.Samples("f"));
    }

    [Fact]
    public void Result_goes_only_forward_in_time_and_no_input_is_taken_from_the_future()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + [b]" } ]""");
        plant.Send("a", 0, 1);
        plant.Send("b", 1, 10);
        plant.Late("a", 0.5, 2);
        plant.Send("b", 2, 20);
        plant.Late("b", 1.5, 99);
        plant.Send("a", 3, 3);

        Assert.Equal([(0, double.NaN), (1, 11), (2, 22), (3, 23)], plant.Samples("f").Select(sample => (sample.Seconds, sample.Value)));
    }

    [Fact]
    public void Input_with_a_clock_ahead_leaves_no_value_until_it_is_put_right()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + [b]" } ]""");
        plant.Late("a", 3600, 1);
        plant.Send("b", 1, 10);
        plant.Send("a", 2, 2);
        plant.Send("b", 3, 20);

        Assert.Equal([(3600, double.NaN), (1, double.NaN), (2, 12), (3, 22)], plant.Samples("f").Select(sample => (sample.Seconds, sample.Value)));
    }

    [Fact]
    public void Formula_over_formulas_is_calculated_once_a_sample_and_of_one_moment()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "d", "Formula": "[b] - [c] + 0 * [a]" }, { "Sensor": "b", "Formula": "[a] * 2" }, { "Sensor": "c", "Formula": "[b] / 2 + [a]" } ]
            """);
        for (var i = 1; i <= 5; i++)
        {
            plant.Send("a", i, i);
        }

        Assert.Equal([2, 4, 6, 8, 10], plant.Values("b"));
        Assert.Equal([2, 4, 6, 8, 10], plant.Values("c"));
        Assert.Equal([0, 0, 0, 0, 0], plant.Values("d"));
    }

    [Fact]
    public void Formula_over_what_is_made_of_one_sensor_is_of_one_moment()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "a", "Scale": 2, "MovingAverage": { "Over": "00:00:02" } },
              { "Sensor": "m", "MovingAverage": { "Over": "00:00:02" } },
              { "Sensor": "zero", "Formula": "[a] - 2 * [a.raw]" }, { "Sensor": "off", "Formula": "[a] - [a.avg]" }, { "Sensor": "m", "Formula": "[a.raw]" }, { "Sensor": "n", "Formula": "[m] - [m.avg]" } ]
            """);
        for (var i = 0; i < 4; i++)
        {
            plant.Send("a", i, i);
        }

        Assert.Equal([0, 0, 0, 0], plant.Values("zero"));
        Assert.Equal([0, 1, 2, 2], plant.Values("off"));
        Assert.Equal([0, 0.5, 1, 1], plant.Values("n"));
    }

    [Fact]
    public void Formula_at_one_input_is_calculated_at_its_samples_alone_with_what_the_others_said_at_or_before()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] - [b]", "At": "b" } ]""");
        for (var i = 0; i < 3; i++)
        {
            plant.Send("a", i, i * 10);
            plant.Send("b", i, i);
        }

        // The other source is slow: what came from this one meanwhile is later.
        for (var i = 3; i < 17; i++)
        {
            plant.Send("a", i, i * 10);
        }

        plant.Late("b", 3.5, 3.5);
        plant.Late("b", 5, 5);
        Assert.Equal([(0, 0), (1, 9), (2, 18), (3.5, 26.5), (5, 45)], plant.Samples("f").Select(sample => (sample.Seconds, sample.Value)));
    }

    [Fact]
    public void Input_further_ahead_than_is_kept_leaves_no_value()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] - [b]", "At": "b" } ]""");
        for (var i = 0; i < 20; i++)
        {
            plant.Send("a", i, i);
        }

        plant.Late("b", 3, 1);
        plant.Late("b", 4, 1);

        Assert.Equal([double.NaN, 3], plant.Values("f"));
    }

    [Fact]
    public void Formula_can_be_clamped_thinned_out_and_averaged()
    {
        var plant = new ProcessedPlant("""
            [ { "Sensor": "f", "Formula": "[a] * 2", "Clamp": { "High": 10 }, "Deadband": { "Amount": 1 }, "MovingAverage": { "Over": "00:00:02" } },
              { "Sensor": "g", "Formula": "[f] + [f.avg] + [f.raw]" } ]
            """);
        foreach (var (value, second) in new[] { 1.0, 1.2, 3, 9 }.Select((value, second) => (value, second)))
        {
            plant.Send("a", second, value);
        }

        Assert.Equal([2, 2.4, 6, 10], plant.Values("f"));
        Assert.Equal([2, 2.4, 6, 18], plant.Values("f.raw"));
        Assert.Equal([2, 2.2, 3.2, 6.1], plant.Values("f.avg").Select(value => Math.Round(value, 9)));
        Assert.Equal(34.1, plant.Values("g")[^1], 9);
        Assert.Equal("f", plant.Sensor("f.raw").RawOf);
    }

    [Fact]
    public void What_is_made_of_a_recording_is_one()
    {
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[a] + 1", "MovingAverage": { "Over": "00:00:02" } }, { "Sensor": "g", "Formula": "[f]" }, { "Sensor": "h", "Formula": "[live]" } ]""");
        plant.Intake("source", new Sensor { Id = "a", Recorded = true });
        plant.Send("live", 0, 1, source: "other");

        Assert.True(plant.Sensor("f").Recorded && plant.Sensor("f.avg").Recorded && plant.Sensor("g").Recorded);
        Assert.False(plant.Sensor("h").Recorded);
    }

    [Fact]
    public async Task Sources_on_several_threads_feed_one_formula_and_lose_nothing()
    {
        const int Each = 20_000;
        var plant = new ProcessedPlant("""[ { "Sensor": "f", "Formula": "[s0] + [s1] + [s2] + [s3]" }, { "Sensor": "g", "Formula": "[f] - [s0]" } ]""");
        var intakes = Enumerable.Range(0, 4).Select(i => plant.Intake($"source{i}")).ToArray();
        await Task.WhenAll(intakes.Select((intake, i) => Task.Run(() =>
        {
            for (var n = 1; n <= Each; n++)
            {
                Assert.True(intake.Accept(new DataPoint($"s{i}", Clock.Start, n)));
            }
        })));

        Assert.Equal(2 * 4 * Each, plant.Formulas.StatusAmong([])!.Accepted);
        Assert.All(intakes, intake => Assert.Equal((Each, 0), (intake.Accepted, intake.Rejected)));
        Assert.Equal(4 * Each, Last(plant, "f"));
        Assert.Equal(3 * Each, Last(plant, "g"));
    }

    private static double Last(ProcessedPlant plant, string id)
    {
        var buffer = new SampleBuffer(1);
        plant.Series(id).Read(plant.Series(id).Next - 1, buffer);
        return buffer.Values[0];
    }

    private static (SourceState State, string Reason) Status(ProcessedPlant plant)
    {
        var status = plant.Formulas.StatusAmong([])!;
        return (status.State, status.Reason);
    }
}
