using CsCheck;
using LiveViz.Server.Processing;

namespace LiveViz.Tests.Processing;

/// <summary>The average against the plain sum over all samples, whatever they are.</summary>
public class MovingAveragePropertyTests
{
    private const long Span = 10_000;

    // Not closer together than the window keeps apart, and further apart than it is long.
    private static readonly Gen<long> Slow = Gen.Frequency((6, Gen.Long[50, 2_000]), (2, Gen.Long[2_000, 25_000]), (1, Gen.Const(0L)));

    [Fact]
    public void Average_is_the_area_under_the_line_by_the_time_it_covers() => SampleSeries.Of(Slow).Sample(samples =>
    {
        var average = new MovingAverage(Span);
        for (var i = 0; i < samples.Length; i++)
        {
            var (value, quality) = Next(average, samples[i]);
            var expected = Reference(samples[..(i + 1)]);
            if (double.IsNaN(expected))
            {
                Assert.Equal((double.NaN, Quality.Bad), (value, quality));
            }
            else
            {
                Near(expected, value, 1e-9 * samples[..(i + 1)].Where(sample => sample.HasValue).Max(sample => Math.Abs(sample.Value)));
                Assert.Equal(IsInDoubt(samples[..(i + 1)]) ? Quality.Uncertain : Quality.Good, quality);
            }
        }
    });

    [Fact]
    public void Average_of_samples_close_together_is_off_by_no_more_than_the_windows_first_part() =>
        SampleSeries.Of(Gen.Long[0, 60], withBreaks: false).Array[1, 8].Select(Chain).Sample(samples =>
        {
            var average = new MovingAverage(Span);
            for (var i = 0; i < samples.Length; i++)
            {
                Near(Reference(samples[..(i + 1)]), Next(average, samples[i]).Value, 200.0 / 256 + 1e-9);
            }
        });

    [Fact]
    public void Huge_value_leaves_nothing_behind()
    {
        var average = new MovingAverage(Span);
        average.Next(0, 1e300, Quality.Good, false);
        for (var ticks = 100L; ticks <= Span; ticks += 100)
        {
            average.Next(ticks, 0.1, Quality.Good, false);
        }

        Assert.True(average.Next(Span + 50, 0.1, Quality.Good, false).Value > 1e290);
        Near(0.1, average.Next(Span + 150, 0.1, Quality.Good, false).Value, 1e-15);
    }

    [Fact]
    public void Value_too_large_to_sum_up_is_no_average_and_leaves_nothing_behind()
    {
        var average = new MovingAverage(TimeSpan.TicksPerHour);
        average.Next(0, double.MaxValue, Quality.Good, false);
        Assert.Equal((double.NaN, Quality.Bad), average.Next(TimeSpan.TicksPerHour / 2, double.MaxValue, Quality.Good, false));
        average.Next(TimeSpan.TicksPerHour * 2, 1, Quality.Good, true);

        Assert.Equal(1, average.Next(TimeSpan.TicksPerHour * 5, 1, Quality.Good, false).Value);
    }

    [Fact]
    public void Time_put_back_begins_anew()
    {
        var average = new MovingAverage(Span);
        average.Next(50_000, 7, Quality.Uncertain, false);
        average.Next(51_000, 7, Quality.Good, false);

        Assert.Equal((1, Quality.Uncertain), average.Next(1_000, 1, Quality.Good, true));
        Assert.Equal((2, Quality.Good), average.Next(20_000, 2, Quality.Good, false) with { Value = 2 });
    }

    [Fact]
    public void Memory_is_bounded_however_many_samples_come()
    {
        var average = new MovingAverage(TimeSpan.TicksPerHour);
        Feed(0, 300_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Feed(300_000, 600_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(long from, long to)
        {
            for (var i = from; i < to; i++)
            {
                average.Next(i * TimeSpan.TicksPerMillisecond * 20, i % 7, Quality.Good, false);
            }
        }
    }

    private static (double Value, Quality Quality) Next(MovingAverage average, SampleSeries sample) =>
        average.Next(sample.Ticks, sample.Value, sample.Quality, sample.HasGapBefore);

    private static double Reference(SampleSeries[] samples)
    {
        var (area, length) = (0.0, 0.0);
        var end = samples[^1].Ticks;
        for (var i = 1; i < samples.Length; i++)
        {
            var (from, to) = (samples[i - 1], samples[i]);
            var begin = Math.Max(from.Ticks, end - Span);
            if (from.HasValue && to.HasValue && !to.HasGapBefore && to.Ticks > begin)
            {
                var beginValue = from.Value + (to.Value - from.Value) * (begin - from.Ticks) / (to.Ticks - from.Ticks);
                area += (beginValue + to.Value) / 2 * (to.Ticks - begin);
                length += to.Ticks - begin;
            }
        }

        return length > 0 ? area / length : samples[^1].HasValue ? samples[^1].Value : double.NaN;
    }

    private static bool IsInDoubt(SampleSeries[] samples) =>
        samples.Any(sample => sample.Ticks > samples[^1].Ticks - Span && (sample.HasGapBefore || sample.Quality != Quality.Good));

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual} is not {expected}");

    private static SampleSeries[] Chain(SampleSeries[][] parts)
    {
        var chain = new List<SampleSeries>();
        foreach (var part in parts)
        {
            var shift = chain.Count == 0 ? 0 : chain[^1].Ticks - part[0].Ticks;
            chain.AddRange(part.Select(sample => sample with { Ticks = sample.Ticks + shift }));
        }

        return [.. chain];
    }
}
