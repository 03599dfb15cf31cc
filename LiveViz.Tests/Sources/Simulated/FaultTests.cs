using LiveViz.Server.Sources.Simulated;

namespace LiveViz.Tests.Sources.Simulated;

public class FaultTests
{
    [Fact]
    public void Schedule_starts_faults_of_every_kind_on_every_sensor_at_the_mean_gap()
    {
        var faults = Faults(meanGap: 45, seed: 1, hours: 40);

        Assert.InRange(faults.Count, 0.94 * 40 * 80, 1.01 * 40 * 80); // a few hit a sensor that is ill already
        Assert.Equal(24 * 5, faults.Select(fault => (fault.Sensor, fault.Fault.Kind)).Distinct().Count());
        Assert.All(faults, fault => Assert.InRange((fault.Fault.End - fault.Fault.Start) * FactoryModel.StepSeconds, 5, 40));
    }

    [Fact]
    public void Schedule_shows_a_fault_within_two_minutes_whatever_the_seed()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            Assert.InRange(Faults(new SimulatedOptions().MeanTimeBetweenFaults, seed, hours: 0.05)[0].Fault.Start * FactoryModel.StepSeconds, 10, 75);
        }
    }

    [Fact]
    public void Schedule_with_a_mean_gap_of_0_starts_none() => Assert.Empty(Faults(meanGap: 0, seed: 1, hours: 10));

    [Fact]
    public void Schedule_with_the_tiniest_mean_gap_ends() => Assert.NotEmpty(Faults(meanGap: double.Epsilon, seed: 1, hours: 0.1));

    [Fact]
    public void Spikes_and_drifts_leave_Normal_from_wherever_they_start()
    {
        foreach (var (sensor, fault) in Faults(meanGap: 10, seed: 3, hours: 25))
        {
            if (fault.Kind is FaultKind.Spike or FaultKind.Drift)
            {
                var channel = Channels.All[sensor];
                var margin = 0.1 * (channel.Normal.High - channel.Normal.Low);
                foreach (var value in new[] { channel.Normal.Low, channel.Normal.High })
                {
                    var shown = Math.Clamp(value + fault.Magnitude, channel.Range.Low, channel.Range.High);
                    Assert.True(shown > channel.Normal.High + margin || shown < channel.Normal.Low - margin, $"{channel.Id}: {value} becomes {shown}");
                }
            }
        }
    }

    [Fact]
    public async Task Most_of_the_time_nearly_all_sensors_are_well()
    {
        var duration = TimeSpan.FromHours(1);
        var ill = await Simulation.Run(new SimulatedOptions { Rate = 1 }, duration);
        var well = await Simulation.Run(new SimulatedOptions { Rate = 1, MeanTimeBetweenFaults = 0 }, duration);

        var untouched = ill.ToHashSet();
        var touched = well.Where(point => !untouched.Contains(point)).ToList();

        Assert.InRange(touched.Count, 0.01 * well.Count, 0.05 * well.Count);
        var atOnce = touched.GroupBy(point => point.Timestamp).ToList();
        Assert.InRange(atOnce.Count(moment => moment.Count() > 2), 0, 0.02 * duration.TotalSeconds);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(1000)]
    public void Spike_stands_for_a_second_and_dies_away(int rate)
    {
        var samples = Read(rate, new Fault(FaultKind.Spike, 100, 200, -8));

        var before = samples[(10 * rate) - 1].Value!.Value;
        Assert.All(samples[(10 * rate)..((10 * rate) + rate)], sample => Assert.InRange(sample.Value!.Value - before, -9, -7));
        Assert.All(samples[(17 * rate)..], sample => Assert.InRange(sample.Value!.Value - before, -1, 1));
        Assert.All(samples, sample => Assert.Equal(Quality.Good, sample.Quality));
    }

    [Fact]
    public void Drift_creeps_away_stays_and_is_put_right()
    {
        var samples = Read(10, new Fault(FaultKind.Drift, 100, 300, -8));

        var before = samples[99].Value!.Value;
        Assert.InRange(samples[100].Value!.Value - before, -1, 1);
        Assert.InRange(samples[160].Value!.Value - before, -5, -3);
        Assert.All(samples[220..300], sample => Assert.InRange(sample.Value!.Value - before, -9, -7));
        Assert.InRange(samples[300].Value!.Value - before, -1, 1);
    }

    [Fact]
    public void Stuck_shows_one_value_until_it_is_over()
    {
        var samples = Read(20, new Fault(FaultKind.Stuck, 100, 300, 0));

        Assert.Single(samples[200..600].Distinct());
        Assert.True(samples[..200].Distinct().Count() > 20);
        Assert.True(samples[600..].Distinct().Count() > 20);
        Assert.All(samples, sample => Assert.Equal(Quality.Good, sample.Quality));
    }

    [Fact]
    public void Noise_is_many_times_the_usual_and_uncertain()
    {
        var samples = Read(20, new Fault(FaultKind.Noise, 100, 300, 0.5));

        Assert.All(samples[200..600], sample => Assert.Equal(Quality.Uncertain, sample.Quality));
        Assert.All(samples[..200].Concat(samples[600..]), sample => Assert.Equal(Quality.Good, sample.Quality));
        Assert.True(Roughness(samples[200..600]) > 10 * Roughness(samples[..200]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(1000)]
    public void Dropout_is_silence_between_a_few_bad_samples(int rate)
    {
        var samples = Read(rate, new Fault(FaultKind.Dropout, 100, 203, 0));

        var start = 10 * rate;
        var end = (int)Math.Ceiling(20.3 * rate);
        Assert.All(samples[..start].Concat(samples[end..]), sample => Assert.True(sample is { Given: true, Value: not null, Quality: Quality.Good }));
        Assert.All(samples[start..(start + 3)].Concat(samples[(end - 2)..end]), sample => Assert.True(sample is { Given: true, Value: null, Quality: Quality.Bad }));
        Assert.All(samples[(start + 3)..(end - 2)], sample => Assert.False(sample.Given));
    }

    [Fact]
    public void Values_stay_within_what_the_instrument_can_show()
    {
        var samples = Read(10, new Fault(FaultKind.Spike, 100, 200, 1e6));

        Assert.Equal(Channels.All[0].Range.High, samples[100].Value);
    }

    private static double Roughness(IEnumerable<(bool Given, double? Value, Quality Quality)> samples) =>
        samples.Zip(samples.Skip(1), (a, b) => Math.Abs(a.Value!.Value - b.Value!.Value)).Average();

    private static List<(int Sensor, Fault Fault)> Faults(double meanGap, ulong seed, double hours)
    {
        var schedule = new FaultSchedule(Channels.All, meanGap, seed);
        var faults = new List<(int, Fault)>();
        for (var step = 0L; step < hours * 3600 * FactoryModel.StepsPerSecond; step++)
        {
            schedule.MoveTo(step);
            for (var sensor = 0; sensor < Channels.All.Count; sensor++)
            {
                if (schedule.Active[sensor] is { } fault && fault.Start == step)
                {
                    faults.Add((sensor, fault));
                }
            }
        }

        return faults;
    }

    // Forty seconds of the boiler's pressure with one fault.
    private static (bool Given, double? Value, Quality Quality)[] Read(int rate, Fault fault)
    {
        var model = new FactoryModel(1);
        var instrument = new Instrument(Channels.All[0], new Sensor { Id = "x" }, 1, rate);
        instrument.Step(model, null);
        var samples = new List<(bool, double?, Quality)>();
        var step = -1L;
        for (var n = 0L; n < 40 * rate; n++)
        {
            for (; step < n * FactoryModel.StepsPerSecond / rate; step++)
            {
                model.Step();
                instrument.Step(model, step + 1 >= fault.Start && step + 1 < fault.End ? fault : null);
            }

            var fraction = (double)(n * FactoryModel.StepsPerSecond % rate) / rate;
            var given = instrument.TryRead(n, step, fraction, out var value, out var quality);
            samples.Add((given, value, quality));
        }

        return [.. samples];
    }
}
