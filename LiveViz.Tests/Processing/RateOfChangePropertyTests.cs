using CsCheck;
using LiveViz.Server.Processing;

namespace LiveViz.Tests.Processing;

/// <summary>The rate against what the line between all samples says, whatever they are.</summary>
public class RateOfChangePropertyTests
{
    private const long Span = 10_000;

    private static readonly Gen<long> Slow = Gen.Frequency((6, Gen.Long[50, 2_000]), (2, Gen.Long[2_000, 25_000]), (1, Gen.Const(0L)));

    [Fact]
    public void Rate_is_the_value_less_that_of_a_span_before() => SampleSeries.Of(Slow).Sample(samples =>
    {
        var rate = new RateOfChange(Span, RateUnit.Minute);
        for (var i = 0; i < samples.Length; i++)
        {
            var given = Next(rate, samples[i]);
            if (!samples[i].HasValue)
            {
                Assert.Equal((double.NaN, Quality.Bad), given);
            }
            else if (Reference(samples[..(i + 1)]) is var (change, isUncertain))
            {
                var perMinute = change / Span * TimeSpan.TicksPerMinute;
                var scale = samples[..(i + 1)].Where(sample => sample.HasValue).Max(sample => Math.Abs(sample.Value));
                Assert.True(Math.Abs(perMinute - given!.Value.Value) <= 1e-9 * scale / Span * TimeSpan.TicksPerMinute, $"{given} is not {perMinute}");
                Assert.Equal(isUncertain ? Quality.Uncertain : Quality.Good, given.Value.Quality);
            }
            else
            {
                Assert.Null(given);
            }
        }
    });

    [Theory]
    [InlineData(1, 2)]
    [InlineData(60, 120)]
    [InlineData(3600, 7200)]
    public void Ramp_has_one_rate_however_close_its_samples(int per, double expected)
    {
        var rate = new RateOfChange(TimeSpan.TicksPerSecond, (RateUnit)per);
        for (var i = 0; i <= 10_000; i++)
        {
            var given = rate.Next(i * TimeSpan.TicksPerMillisecond, i * 0.002, Quality.Good, false);
            Assert.Equal(i >= 1000, given is not null);
            Assert.True(given is null || Math.Abs(given.Value.Value - expected) < 1e-9 * expected, $"{given}");
        }
    }

    [Fact]
    public void Change_too_large_to_be_told_is_no_rate()
    {
        var rate = new RateOfChange(Span, RateUnit.Hour);
        rate.Next(0, -double.MaxValue, Quality.Good, false);

        Assert.Equal((double.NaN, Quality.Bad), rate.Next(Span, double.MaxValue, Quality.Good, false));
    }

    private static (double Value, Quality Quality)? Next(RateOfChange rate, SampleSeries sample) =>
        rate.Next(sample.Ticks, sample.Value, sample.Quality, sample.HasGapBefore);

    // The change over the span, and whether a sample in it is uncertain; null where the line does not reach back.
    private static (double Change, bool IsUncertain)? Reference(SampleSeries[] samples)
    {
        var first = samples.Length - 1;
        while (first > 0 && !samples[first].HasGapBefore && samples[first - 1].HasValue)
        {
            first--;
        }

        var line = samples[first..];
        var begin = samples[^1].Ticks - Span;
        if (line[0].Ticks > begin)
        {
            return null;
        }

        // Where several have one time, the line goes on from the last of them.
        var from = line.Last(sample => sample.Ticks <= begin);
        var to = line.First(sample => sample.Ticks > begin);
        var before = from.Value + (to.Value - from.Value) * (begin - from.Ticks) / (to.Ticks - from.Ticks);
        return (samples[^1].Value - before, line.Any(sample => sample.Ticks >= begin && sample.Quality != Quality.Good));
    }
}
