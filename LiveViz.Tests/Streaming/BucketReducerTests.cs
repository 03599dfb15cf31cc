using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class BucketReducerTests
{
    [Fact]
    public void First_sample_of_a_bucket_goes_out_at_once()
    {
        var reducer = new BucketReducer(100);
        var output = new PointBuffer(10);

        reducer.Add(1000, 1, SampleMarks.None, 0, output);
        Assert.Equal([1.0], Values(output));
        Assert.False(reducer.IsHolding);

        reducer.Add(1050, 2, SampleMarks.None, 0, output);
        Assert.Equal([1.0], Values(output));
        Assert.True(reducer.IsHolding);

        reducer.Add(1100, 3, SampleMarks.None, 0, output);
        Assert.Equal([1.0, 2, 3], Values(output));
        Assert.False(reducer.IsHolding);
    }

    [Fact]
    public void Full_bucket_gives_first_low_high_and_last_in_the_order_measured()
    {
        Assert.Equal([5.0, 9, -3, 4], Reduce(100, [5, 6, 9, 1, -3, 2, 4]));
        Assert.Equal([5.0, -3, 9, 4], Reduce(100, [5, -3, 9, 1, 2, 3, 4]));
    }

    [Fact]
    public void Extreme_that_is_also_the_last_goes_out_once()
    {
        Assert.Equal([5.0, 1, 9], Reduce(100, [5, 3, 1, 2, 4, 9]));
        Assert.Equal([5.0, 7, 0], Reduce(100, [5, 3, 7, 2, 4, 0]));
    }

    [Fact]
    public void Flat_bucket_gives_its_first_and_its_last()
    {
        Assert.Equal([(1000, 2.0), (1001, 2.0), (1005, 2.0)], Pairs(100, [2, 2, 2, 2, 2, 2]));
    }

    [Fact]
    public void Samples_of_one_time_are_all_weighed()
    {
        var reducer = new BucketReducer(100);
        var output = new PointBuffer(10);
        foreach (var value in new double[] { 5, 1, 9, 4, 6, 5 })
        {
            reducer.Add(1000, value, SampleMarks.None, 0, output);
        }

        reducer.Flush(output);

        Assert.Equal([5.0, 1, 9, 5], Values(output));
    }

    [Fact]
    public void Worst_quality_of_a_bucket_is_carried_by_its_last()
    {
        var reducer = new BucketReducer(100);
        var output = new PointBuffer(10);
        for (var i = 0; i < 10; i++)
        {
            reducer.Add(1000 + i, i == 5 ? 5 : i, (SampleMarks)(i == 5 ? Quality.Uncertain : Quality.Good), 0, output);
        }

        reducer.Flush(output);

        Assert.Equal(Quality.Uncertain, output.Marks[^1].Quality());
        Assert.All(output.Marks[..^1].ToArray(), mark => Assert.Equal(Quality.Good, mark.Quality()));
    }

    [Fact]
    public void Quality_of_one_bucket_does_not_stain_the_next()
    {
        var reducer = new BucketReducer(100);
        var output = new PointBuffer(10);
        for (var i = 0; i < 20; i++)
        {
            reducer.Add(1000 + i * 10, i, (SampleMarks)(i < 10 ? Quality.Bad : Quality.Good), 0, output);
        }

        reducer.Flush(output);

        Assert.All(
            Enumerable.Range(0, output.Count).Where(i => output.Ticks[i] >= 1100),
            i => Assert.Equal(Quality.Good, output.Marks[i].Quality()));
    }

    [Fact]
    public void Samples_keep_their_sequences()
    {
        var reducer = new BucketReducer(100);
        var output = new PointBuffer(10);
        foreach (var (value, i) in new double[] { 5, 6, 9, 1, -3, 2, 4 }.Select((value, i) => (value, i)))
        {
            reducer.Add(1000 + i, value, SampleMarks.None, 20 + i, output);
        }

        reducer.Flush(output);

        Assert.Equal([20L, 22, 24, 26], output.Sequences.ToArray());
    }

    [Fact]
    public void Buckets_are_counted_from_absolute_time_whenever_reading_begins()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 1000).Select(_ => random.NextDouble()).ToArray();
        var all = Pairs(100, values);

        var later = Pairs(100, values[250..], begin: 1250);

        Assert.Equal(all.Where(pair => pair.Ticks >= 1300), later.Where(pair => pair.Ticks >= 1300));
    }

    private static double[] Reduce(long width, double[] values) => [.. Pairs(width, values).Select(pair => pair.Value)];

    private static List<(long Ticks, double Value)> Pairs(long width, double[] values, long begin = 1000)
    {
        var reducer = new BucketReducer(width);
        var output = new PointBuffer(4);
        for (var i = 0; i < values.Length; i++)
        {
            reducer.Add(begin + i, values[i], SampleMarks.None, 0, output);
        }

        reducer.Flush(output);
        return [.. Enumerable.Range(0, output.Count).Select(i => (output.Ticks[i], output.Values[i]))];
    }

    private static double[] Values(PointBuffer output) => output.Values.ToArray();
}
