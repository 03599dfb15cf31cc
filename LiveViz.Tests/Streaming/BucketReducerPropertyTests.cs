using CsCheck;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

/// <summary>What holds of a reduced series, whatever the series.</summary>
public class BucketReducerPropertyTests
{
    private const long Begin = 1_000_000;

    private static readonly Gen<Sample> Next =
        Gen.Select(
            Gen.Frequency((6, Gen.Long[1, 20]), (2, Gen.Long[1, 200]), (1, Gen.Long[200, 3000])),
            Gen.Frequency((8, Gen.Int[-5, 5].Select(i => (double)i)), (4, Gen.Double[-1e6, 1e6]), (1, Gen.Const(double.NaN))),
            Gen.Frequency((8, Gen.Const(Quality.Good)), (1, Gen.Const(Quality.Uncertain)), (1, Gen.Const(Quality.Bad))),
            Gen.Frequency((12, Gen.Const(false)), (1, Gen.Const(true))),
            (step, value, quality, gap) => new Sample(
                step, value, (SampleMarks)(double.IsNaN(value) ? Quality.Bad : quality) | (gap ? SampleMarks.GapBefore : SampleMarks.None)));

    // Ticks strictly ascend here, so that a sample of the output is known by its time.
    private static readonly Gen<(long Width, Sample[] Samples)> Series =
        Gen.Select(Gen.OneOf(1L, 10L, 50L, 100L, 500L, 1000L), Next.Array[0, 300], (width, steps) => (width, Accumulate(steps)));

    [Fact]
    public void Output_is_a_part_of_the_input_in_the_order_of_time() => Series.Sample(series =>
    {
        var input = series.Samples.ToDictionary(sample => sample.Ticks);
        long before = 0;
        foreach (var sample in Reduce(series))
        {
            Assert.True(sample.Ticks > before);
            Assert.True(input[sample.Ticks].Value.Equals(sample.Value));
            before = sample.Ticks;
        }
    });

    [Fact]
    public void First_low_high_and_last_between_breaks_are_given() => Series.Sample(series =>
    {
        var output = Reduce(series).ToDictionary(sample => sample.Ticks);
        foreach (var run in Runs(series))
        {
            var given = run.Where(sample => output.ContainsKey(sample.Ticks)).ToList();
            Assert.Contains(run[0], given, ByTicks);
            Assert.Contains(run[^1], given, ByTicks);
            Assert.Equal(run.Min(sample => sample.Value), given.Min(sample => sample.Value));
            Assert.Equal(run.Max(sample => sample.Value), given.Max(sample => sample.Value));
        }
    });

    [Fact]
    public void Bucket_without_breaks_gives_at_most_four_and_all_of_four() => Series.Sample(series =>
    {
        var output = Reduce(series).ToLookup(sample => sample.Ticks / series.Width);
        foreach (var bucket in Buckets(series).Where(bucket => bucket.All(sample => !double.IsNaN(sample.Value))))
        {
            var given = output[bucket.Key].Count();
            var isWhole = bucket.Skip(1).All(sample => !sample.Marks.HasGapBefore());
            Assert.True(!isWhole || given <= BucketWidth.PointsPerBucket, $"{given} of {bucket.Count()}");
            Assert.True(bucket.Count() > BucketWidth.PointsPerBucket || given == bucket.Count(), $"{given} of {bucket.Count()}");
        }
    });

    [Fact]
    public void Bucket_with_a_missing_value_breaks_and_one_that_ends_with_it_ends_broken() => Series.Sample(series =>
    {
        var output = Reduce(series).ToLookup(sample => sample.Ticks / series.Width);
        foreach (var bucket in Buckets(series).Where(bucket => bucket.Any(sample => double.IsNaN(sample.Value))))
        {
            var given = output[bucket.Key].ToList();
            Assert.Contains(bucket.First(sample => double.IsNaN(sample.Value)), given, ByTicks);
            Assert.Equal(double.IsNaN(bucket.Last().Value), double.IsNaN(given[^1].Value));
        }
    });

    [Fact]
    public void Bucket_gives_no_more_than_a_few_however_its_values_come_and_go() => Series.Sample(series =>
        Assert.All(Reduce(series).GroupBy(sample => sample.Ticks / series.Width), bucket => Assert.True(bucket.Count() <= 14, $"{bucket.Count()}")));

    [Fact]
    public void First_gap_of_a_bucket_is_given_and_none_is_made_up() => Series.Sample(series =>
    {
        var input = series.Samples.ToDictionary(sample => sample.Ticks);
        var output = Reduce(series).ToDictionary(sample => sample.Ticks);
        Assert.All(output.Values, sample => Assert.True(!sample.Marks.HasGapBefore() || input[sample.Ticks].Marks.HasGapBefore()));
        foreach (var bucket in Buckets(series))
        {
            var first = bucket.FirstOrDefault(sample => sample.Marks.HasGapBefore());
            // A gap amid missing values breaks nothing that is not broken.
            if (first.Ticks != 0 && !double.IsNaN(first.Value))
            {
                Assert.True(output[first.Ticks].Marks.HasGapBefore());
            }
        }
    });

    [Fact]
    public void Worst_quality_of_each_bucket_is_given() => Series.Sample(series =>
    {
        var output = Reduce(series).ToLookup(sample => sample.Ticks / series.Width);
        foreach (var bucket in Buckets(series))
        {
            Assert.Equal(bucket.Max(sample => sample.Marks.Quality()), output[bucket.Key].Max(sample => sample.Marks.Quality()));
        }
    });

    [Fact]
    public void Output_is_the_same_however_the_input_is_cut() =>
        Gen.Select(Series, Gen.Int[1, 7].Array[1, 10]).Sample((series, cuts) =>
            Assert.Equal(Reduce(series), Reduce(series, cuts)));

    private static readonly IEqualityComparer<Sample> ByTicks = EqualityComparer<Sample>.Create((a, b) => a.Ticks == b.Ticks, s => s.Ticks.GetHashCode());

    private static Sample[] Accumulate(Sample[] steps)
    {
        var ticks = Begin;
        return [.. steps.Select(step => step with { Ticks = ticks += step.Ticks })];
    }

    private static IEnumerable<IGrouping<long, Sample>> Buckets((long Width, Sample[] Samples) series) =>
        series.Samples.GroupBy(sample => sample.Ticks / series.Width);

    /// <summary>Samples with values that a line joins within a bucket: up to the bucket's first missing value or first gap.</summary>
    private static IEnumerable<List<Sample>> Runs((long Width, Sample[] Samples) series)
    {
        foreach (var bucket in Buckets(series))
        {
            var run = new List<Sample>();
            var isBroken = false;
            var isMissed = false;
            foreach (var sample in bucket)
            {
                var breaks = sample.Marks.HasGapBefore() && !isBroken;
                isBroken |= breaks;
                breaks |= double.IsNaN(sample.Value) && !isMissed;
                isMissed |= double.IsNaN(sample.Value);
                if (breaks && run.Count > 0)
                {
                    yield return run;
                    run = [];
                }

                if (!double.IsNaN(sample.Value))
                {
                    run.Add(sample);
                }
            }

            if (run.Count > 0)
            {
                yield return run;
            }
        }
    }

    private static List<Sample> Reduce((long Width, Sample[] Samples) series, int[]? cuts = null)
    {
        var reducer = new BucketReducer(series.Width);
        var all = new List<Sample>();
        var output = new PointBuffer(1);
        var left = int.MaxValue;
        var cut = 0;
        foreach (var sample in series.Samples)
        {
            left = left == int.MaxValue && cuts is not null ? cuts[cut++ % cuts.Length] : left;
            reducer.Add(sample.Ticks, sample.Value, sample.Marks, 0, output);
            if (--left == 0)
            {
                Take();
                left = int.MaxValue;
            }
        }

        reducer.Flush(output);
        Take();
        return all;

        void Take()
        {
            all.AddRange(Enumerable.Range(0, output.Count).Select(i => new Sample(output.Ticks[i], output.Values[i], output.Marks[i])));
            output.Clear();
        }
    }

    private readonly record struct Sample(long Ticks, double Value, SampleMarks Marks);
}
