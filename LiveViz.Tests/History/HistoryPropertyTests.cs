using CsCheck;
using LiveViz.Server.History;

namespace LiveViz.Tests.History;

/// <summary>Whatever comes in whatever order, with restarts between: what is read is what a plain list of the samples gives.</summary>
public sealed class HistoryPropertyTests
{
    private enum Step
    {
        Journal,
        Settle,
        Restart,
        Import,
    }

    // Bursts of samples at one pace, at a place within two hours: some in order, some late, some at times that were there before.
    private static readonly Gen<(double At, double Every, (int Count, double Value, Quality Quality)[] Samples, Step Step)> Burst =
        Gen.Select(
            Gen.Double[0, 7200],
            Gen.OneOf(Gen.Const(0.01), Gen.Const(0.1), Gen.Const(0.3), Gen.Const(1.0), Gen.Const(5.0), Gen.Const(60.0)),
            Gen.Select(Gen.Int[1, 40], Gen.OneOf(Gen.Double[-1e3, 1e3], Gen.Const(double.NaN), Gen.Const(-0.0), Gen.Const(1e300)), Gen.Enum<Quality>()).Array[1, 25],
            Gen.Enum<Step>());

    [Fact]
    public void What_is_read_is_what_came() => Check(() => new TestHistory(), courses: 60);

    /// <summary>Checks it on stores that are empty at first.</summary>
    internal static void Check(Func<TestHistory> empty, long courses, int threads = -1) =>
        Burst.Array[1, 12].Sample(
            bursts =>
            {
                using var history = empty();
                var expected = new SortedDictionary<long, (double Value, Quality Quality)>();
                var isFirst = true;
                foreach (var (at, every, runs, step) in bursts)
                {
                    var samples = Samples(at, every, runs).ToList();
                    foreach (var (ticks, value, quality) in samples)
                    {
                        expected[ticks] = (value, double.IsNaN(value) ? Quality.Bad : quality);
                    }

                    if (step == Step.Import)
                    {
                        CheckCount(history.Import(samples), samples.Count);
                    }
                    else
                    {
                        history.Store(samples, settled: step == Step.Settle);
                    }

                    if (step == Step.Restart)
                    {
                        history.Restart();
                    }

                    isFirst = false;
                }

                Assert.False(isFirst);
                CheckSamples(history, expected);
                history.Writer.Settle(all: true);
                CheckSamples(history, expected);
                CheckRollups(history);
                history.Restart();
                CheckSamples(history, expected);
                CheckRollups(history);
            },
            iter: courses,
            threads: threads);

    private static IEnumerable<(long Ticks, double Value, Quality Quality)> Samples(
        double at, double every, (int Count, double Value, Quality Quality)[] runs)
    {
        var index = 0;
        foreach (var (count, value, quality) in runs)
        {
            for (var i = 0; i < count; i++, index++)
            {
                yield return (Clock.Ticks(Math.Round(at, 2) + (index * every)), value + (i * 0.5), quality);
            }
        }
    }

    private static void CheckCount(ImportCount count, int samples) => Assert.Equal(samples, count.Added + count.Replaced + count.Unchanged);

    private static void CheckSamples(TestHistory history, SortedDictionary<long, (double Value, Quality Quality)> expected)
    {
        var stored = history.All();

        Assert.Equal(expected.Keys, stored.Ticks);
        Assert.Equal(expected.Values.Select(sample => BitConverter.DoubleToInt64Bits(sample.Value)), stored.Values.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.Values.Select(sample => sample.Quality), stored.Marks.Select(marks => marks.Quality()));
    }

    private static void CheckRollups(TestHistory history)
    {
        var all = history.All();
        for (var level = 1; level < RollupLevel.Count; level++)
        {
            // Cut anywhere, also within buckets.
            foreach (var (from, until) in new[] { (all.First, all.Last + 1), (all.First + ((all.Last - all.First) / 3), all.Last - ((all.Last - all.First) / 5)) })
            {
                var part = all.Between(from, until);
                var plain = TestHistory.Group(
                    Enumerable.Range(0, part.Count).Select(i => Rollup.Of(part.Ticks[i], part.Values[i], part.Marks[i])), RollupLevel.Width(level));

                var read = history.Buckets(level, from, until);

                Assert.Equal(plain.Select(Comparable), read.Select(Comparable));
                Assert.All(plain.Zip(read), pair => Assert.True(HasSameSum(pair.First, pair.Second)));
            }
        }
    }

    /// <summary>The sum is put together in another order: its last digits may differ.</summary>
    private static bool HasSameSum(Rollup one, Rollup other) =>
        one.Count == 0 || Math.Abs(one.Sum - other.Sum) <= 1e-12 * one.Count * Math.Max(Math.Abs(one.Low), Math.Abs(one.High));

    /// <summary>All but the sum.</summary>
    private static object Comparable(Rollup rollup) =>
        (rollup.Count, rollup.Missing, rollup.FirstTicks, rollup.LastTicks, Bits(rollup.First), Bits(rollup.Last), rollup.Low, rollup.High,
            (rollup.Count > 0 ? (rollup.LowTicks, rollup.HighTicks) : default, rollup.Worst, rollup.Breaks));

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
