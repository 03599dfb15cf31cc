using CsCheck;
using LiveViz.Server.Processing;

namespace LiveViz.Tests.Processing;

/// <summary>What holds of exception reporting, whatever the samples.</summary>
public class DeadbandPropertyTests
{
    private const long Never = long.MaxValue;

    private static readonly Gen<(double Amount, long Interval, SampleSeries[] Samples)> Any =
        Gen.Select(
            Gen.OneOf(0.0, 0.5, 1.0, 3.0, 1e5),
            Gen.OneOf(1L, 500L, 5_000L, Never),
            SampleSeries.Of(Gen.Frequency((8, Gen.Long[1, 1000]), (1, Gen.Const(0L)))));

    [Fact]
    public void As_many_are_passed_on_as_by_the_plain_rule() => Any.Sample(run =>
    {
        var (amount, interval, samples) = run;
        var expected = new List<SampleSeries>();
        var last = -1;
        for (var i = 0; i < samples.Length; i++)
        {
            var isNews = last < 0 || samples[i].HasGapBefore
                || samples[i].Quality != samples[last].Quality
                || double.IsNaN(samples[i].Value) != double.IsNaN(samples[last].Value)
                || Math.Abs(samples[i].Value - samples[last].Value) > amount;
            if (isNews || samples[i].Ticks - samples[last].Ticks >= interval)
            {
                // The one before it, unless that was passed on itself.
                expected.AddRange(isNews && i - 1 > last && last >= 0 ? [samples[i - 1], samples[i]] : [samples[i]]);
                last = i;
            }
        }

        Assert.Equal(expected.Select(sample => (sample.Ticks, sample.Value, sample.Quality)), Pass(amount, interval, samples));
    });

    [Fact]
    public void Line_through_what_is_passed_on_stays_within_twice_the_amount_of_what_came() => Any.Sample(run =>
    {
        var (amount, interval, samples) = run;
        // Where one value follows another at the same time there is no line to speak of.
        samples = [.. samples.DistinctBy(sample => sample.Ticks).Where(sample => sample.HasValue).Select(sample => sample with { Quality = Quality.Good })];
        var passed = Pass(amount, interval, samples);
        for (var i = 1; i < passed.Count; i++)
        {
            var (from, to) = (passed[i - 1], passed[i]);
            foreach (var sample in samples.Where(sample => sample.Ticks > from.Ticks && sample.Ticks < to.Ticks))
            {
                var onLine = from.Value + (to.Value - from.Value) * (sample.Ticks - from.Ticks) / (to.Ticks - from.Ticks);
                Assert.True(Math.Abs(onLine - sample.Value) <= 2 * amount + 1e-9 * Math.Abs(sample.Value), $"{sample} is shown as {onLine}");
            }
        }
    });

    [Fact]
    public void No_silence_is_longer_than_the_maximum_interval_and_one_distance_of_samples() => Any.Sample(run =>
    {
        var (amount, interval, samples) = run;
        var passed = Pass(amount, interval, samples);
        for (var i = 1; i < passed.Count; i++)
        {
            var within = samples.Where(sample => sample.Ticks > passed[i - 1].Ticks && sample.Ticks < passed[i].Ticks);
            Assert.All(within, sample => Assert.True(sample.Ticks - passed[i - 1].Ticks < interval));
        }
    });

    private static List<(long Ticks, double Value, Quality Quality)> Pass(double amount, long interval, SampleSeries[] samples)
    {
        var deadband = new Deadband(amount, interval);
        var passed = new List<(long, double, Quality)>();
        foreach (var sample in samples)
        {
            if (deadband.Passes(sample.Ticks, sample.Value, sample.Quality, sample.HasGapBefore, out var before))
            {
                passed.AddRange(before is { } held ? [held] : []);
                passed.Add((sample.Ticks, sample.Value, sample.Quality));
            }
        }

        return passed;
    }
}
