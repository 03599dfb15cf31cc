using CsCheck;

namespace LiveViz.Tests.Processing;

/// <summary>Samples as they may come: in the order of time, with awkward values, qualities and gaps. Times are ticks.</summary>
internal readonly record struct SampleSeries(long Ticks, double Value, Quality Quality, bool HasGapBefore)
{
    private static readonly Gen<double> AnyValue =
        Gen.Frequency((8, Gen.Int[-5, 5].Select(i => (double)i)), (4, Gen.Double[-1e6, 1e6]), (1, Gen.OneOf(double.NaN, 1e15, -0.0)));

    private static readonly Gen<Quality> AnyQuality =
        Gen.Frequency((8, Gen.Const(Quality.Good)), (1, Gen.Const(Quality.Uncertain)), (1, Gen.Const(Quality.Bad)));

    /// <summary>Series whose samples lie as far apart as is given; several may have one time.</summary>
    public static Gen<SampleSeries[]> Of(Gen<long> steps, bool withBreaks = true) =>
        Gen.Select(
                steps,
                withBreaks ? AnyValue : Gen.Double[-100, 100],
                withBreaks ? AnyQuality : Gen.Const(Quality.Good),
                withBreaks ? Gen.Frequency((12, Gen.Const(false)), (1, Gen.Const(true))) : Gen.Const(false))
            .Array[1, 120]
            .Select(Accumulate);

    /// <summary>Whether a line may begin or end at it.</summary>
    public bool HasValue => Quality != Quality.Bad && double.IsFinite(Value);

    private static SampleSeries[] Accumulate((long Step, double Value, Quality Quality, bool Gap)[] samples)
    {
        var series = new SampleSeries[samples.Length];
        var ticks = 1_000_000L;
        for (var i = 0; i < samples.Length; i++)
        {
            var (step, value, quality, gap) = samples[i];
            ticks += step;
            series[i] = new SampleSeries(ticks, value, double.IsNaN(value) ? Quality.Bad : quality, gap && step > 0);
        }

        return series;
    }
}
