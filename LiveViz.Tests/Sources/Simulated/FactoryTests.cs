using LiveViz.Server.Sources.Simulated;

namespace LiveViz.Tests.Sources.Simulated;

public class FactoryTests
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-77)]
    public async Task Values_without_faults_are_practically_always_normal(int seed)
    {
        var options = new SimulatedOptions { Seed = seed, Rate = 1, MeanTimeBetweenFaults = 0 };

        var points = await Simulation.Run(options, TimeSpan.FromHours(4));

        foreach (var channel in Channels.All)
        {
            var values = points.Values(channel.Id);
            var outside = values.Count(value => value < channel.Normal.Low || value > channel.Normal.High);
            Assert.True(outside < 0.001 * values.Length, $"{channel.Id}: {outside} of {values.Length}, {values.Min()} to {values.Max()}");
        }

        Assert.All(points, point => Assert.Equal(Quality.Good, point.Quality));
    }

    [Fact]
    public async Task Values_without_faults_are_alive()
    {
        var points = await Simulation.Run(new SimulatedOptions { Rate = 1, MeanTimeBetweenFaults = 0 }, HalfAnHour);

        foreach (var channel in Channels.All)
        {
            // It moves by more than its noise, and uses some of the space it has in Normal.
            var values = points.Values(channel.Id);
            Assert.True(values.Max() - values.Min() > 8 * channel.Noise, channel.Id);
            Assert.True(values.Max() - values.Min() > 0.05 * (channel.Normal.High - channel.Normal.Low), channel.Id);
            Assert.True(values.Zip(values.Skip(1)).Count(pair => pair.First != pair.Second) > 0.8 * values.Length, channel.Id);
        }
    }

    [Theory]
    [InlineData("boiler-1-steam-flow", "boiler-1-firing-rate", 0.8)]
    [InlineData("boiler-1-firing-rate", "boiler-1-flue-gas-temperature", 0.6)]
    [InlineData("compressor-1-motor-current", "compressor-1-vibration", 0.9)]
    [InlineData("conveyor-1-belt-load", "conveyor-1-motor-current", 0.95)]
    [InlineData("conveyor-1-belt-load", "conveyor-1-gearbox-vibration", 0.8)]
    [InlineData("boiler-1-steam-flow", "conveyor-2-motor-power", 0.8)]
    [InlineData("cooling-supply-temperature", "cooling-fan-1-speed", 0.9)]
    [InlineData("cooling-supply-temperature", "cooling-return-temperature", 0.8)]
    public async Task What_depends_on_each_other_moves_together(string cause, string effect, double atLeast)
    {
        var points = await Simulation.Run(new SimulatedOptions { Rate = 1, MeanTimeBetweenFaults = 0 }, HalfAnHour);

        var correlation = Simulation.Correlation(points.Values(cause), points.Values(effect));

        Assert.InRange(correlation, atLeast, 1);
    }

    [Fact]
    public async Task Compressor_loads_and_unloads_between_its_set_points()
    {
        var points = await Simulation.Run(new SimulatedOptions { Rate = 10, MeanTimeBetweenFaults = 0 }, HalfAnHour);
        var pressure = points.Values("compressor-1-discharge-pressure");
        var loaded = points.Values("compressor-1-motor-current").Select(current => current > 80).ToArray();

        var changes = loaded.Zip(loaded.Skip(1)).Count(pair => pair.First != pair.Second);
        Assert.InRange(changes, 40, 140); // a cycle of 26 to 90 s
        Assert.InRange(pressure.Min(), 6.7, 6.85);
        Assert.InRange(pressure.Max(), 7.35, 7.5);
        for (var i = 30; i < loaded.Length - 30; i++)
        {
            if (loaded[(i - 30)..(i + 30)].Distinct().Count() == 1)
            {
                Assert.Equal(loaded[i], pressure[i + 20] > pressure[i - 20]);
            }
        }
    }

    [Fact]
    public async Task Motor_temperature_lags_behind_its_load()
    {
        var points = await Simulation.Run(new SimulatedOptions { Rate = 1, MeanTimeBetweenFaults = 0 }, TimeSpan.FromHours(2));
        var current = points.Values("conveyor-1-motor-current");
        var temperature = points.Values("conveyor-1-motor-temperature");

        // Thermal mass of 180 s: the temperature fits the load of some minutes ago better than that of now.
        var now = Simulation.Correlation(current, temperature);
        var later = Simulation.Correlation(current[..^120], temperature[120..]);
        Assert.True(later > now + 0.05, $"{now} now, {later} two minutes later");
    }

    [Fact]
    public async Task Curves_and_faults_do_not_depend_on_the_rate()
    {
        var slow = await Simulation.Run(new SimulatedOptions { Rate = 10, MeanTimeBetweenFaults = 8 }, TimeSpan.FromMinutes(10));
        var fast = await Simulation.Run(new SimulatedOptions { Rate = 50, MeanTimeBetweenFaults = 8 }, TimeSpan.FromMinutes(10));
        var noise = Channels.All.ToDictionary(channel => channel.Id, channel => channel.Noise + Math.Pow(10, -channel.Digits - 1));
        var fastPoints = fast.ToDictionary(point => (point.SensorId, point.Timestamp));

        // Uncertain samples are those of a noise fault: they must be the same, sample for sample.
        var times = slow.Select(point => point.Timestamp).ToHashSet();
        Assert.Equal(
            slow.Where(point => point.Quality == Quality.Uncertain).Select(point => (point.SensorId, point.Timestamp)),
            fast.Where(point => point.Quality == Quality.Uncertain && times.Contains(point.Timestamp)).Select(point => (point.SensorId, point.Timestamp)));
        Assert.Contains(slow, point => point.Quality == Quality.Uncertain);

        // Good ones differ by noise alone, also in a drift, a spike or stuck.
        var good = slow.Where(point => point.Quality == Quality.Good).ToList();
        Assert.True(good.Count > 100_000);
        Assert.All(good, point => Assert.InRange(
            Math.Abs(point.Value!.Value - fastPoints[(point.SensorId, point.Timestamp)].Value!.Value), 0, 7 * noise[point.SensorId]));
        Assert.NotEqual(good.Select(point => point.Value), good.Select(point => fastPoints[(point.SensorId, point.Timestamp)].Value));
    }
}
