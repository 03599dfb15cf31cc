using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class SensorSeriesTests
{
    [Fact]
    public void Newest_is_by_time_and_not_by_arrival()
    {
        var series = TestLog.New().Open();
        series.Append(10);
        series.Append(Clock.Ticks(5), 1, Quality.Good, Clock.Ticks(10.1));

        Assert.Equal(1, series.Newest);
    }

    [Fact]
    public void Newest_does_not_stay_one_whose_clock_was_ahead_and_put_right()
    {
        var series = TestLog.New().Open();
        series.Append(Clock.Ticks(3600), 1, Quality.Good, Clock.Ticks(1));
        Assert.Equal(1, series.Newest);

        series.Append(2);
        series.Append(3);

        Assert.Equal(3, series.Newest);
    }

    [Fact]
    public void Append_gives_sequences_from_1_without_gaps()
    {
        var series = TestLog.New().Open();

        var sequences = Enumerable.Range(0, 3000).Select(i => series.Append(i)).ToArray();

        Assert.Equal(Enumerable.Range(1, 3000).Select(i => (long)i), sequences);
        Assert.Equal(3001, series.Next);
        Assert.Equal(1, series.Oldest);
    }

    [Fact]
    public void Empty_series_holds_nothing()
    {
        var series = TestLog.New().Open();
        var buffer = new SampleBuffer(10);

        Assert.Equal(1, series.Read(1, buffer));
        Assert.Equal(0, buffer.Count);
        Assert.Equal(series.Next, series.Oldest);
        Assert.Equal(1, series.Find(Clock.Ticks(0)));
        Assert.Equal(0, series.ReceivedTicks);
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(1, 1024)]
    [InlineData(1022, 3)]
    [InlineData(1023, 2)]
    [InlineData(1024, 1024)]
    [InlineData(1000, 3500)]
    [InlineData(2047, 1)]
    [InlineData(2048, 5000)]
    [InlineData(4999, 10)]
    [InlineData(5000, 10)]
    public void Read_from_any_sequence_gives_the_samples_from_there(long from, int capacity)
    {
        var series = TestLog.New().Open();
        series.Fill(5000);
        var buffer = new SampleBuffer(capacity) { Count = 3 };

        Assert.Equal(from, series.Read(from, buffer));

        var expected = Enumerable.Range(0, (int)Math.Min(capacity, 5001 - from)).Select(i => from + i).ToArray();
        Assert.Equal(expected.Select(s => (double)s), buffer.Values[..buffer.Count]);
        Assert.Equal(expected.Select(s => Clock.Ticks(s / 1000.0)), buffer.Ticks[..buffer.Count]);
    }

    [Fact]
    public void Read_gives_time_value_and_quality_as_appended()
    {
        var series = TestLog.New().Open();
        series.Append(Clock.Ticks(1), -0.0, Quality.Good, Clock.Ticks(9));
        series.Append(Clock.Ticks(2), double.NaN, Quality.Bad, Clock.Ticks(9));
        series.Append(Clock.Ticks(2), 3.5, Quality.Uncertain, Clock.Ticks(9));
        var buffer = new SampleBuffer(10);

        series.Read(1, buffer);

        Assert.Equal([Clock.Ticks(1), Clock.Ticks(2), Clock.Ticks(2)], buffer.Ticks[..3]);
        Assert.Equal(double.NegativeZero, buffer.Values[0]);
        Assert.True(double.IsNegative(buffer.Values[0]));
        Assert.Equal([double.NaN, 3.5], buffer.Values[1..3]);
        Assert.Equal([Quality.Good, Quality.Bad, Quality.Uncertain], buffer.Marks[..3].Select(mark => mark.Quality()));
        Assert.Equal(Clock.Ticks(9), series.ReceivedTicks);
    }

    [Fact]
    public void Read_at_the_end_gives_nothing()
    {
        var series = TestLog.New().Open();
        series.Fill(1500);
        var buffer = new SampleBuffer(10) { Count = 5 };

        Assert.Equal(1501, series.Read(1501, buffer));
        Assert.Equal(0, buffer.Count);
    }

    [Fact]
    public void Read_of_what_is_no_longer_held_begins_at_the_oldest()
    {
        var series = TestLog.New().Open();
        series.Fill(100_000);
        var buffer = new SampleBuffer(2000);

        var first = series.Read(1, buffer);

        Assert.Equal(series.Oldest, first);
        Assert.True(first > 1);
        Assert.Equal(2000, buffer.Count);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (double)(first + i)), buffer.Values[..2000]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(3071.5)]
    [InlineData(3072)]
    [InlineData(4999.5)]
    [InlineData(5000)]
    [InlineData(9999)]
    public void Find_gives_a_place_at_most_a_block_before_the_time(double sample)
    {
        var series = TestLog.New().Open();
        series.Fill(5000);
        var wanted = Math.Clamp((long)Math.Ceiling(sample), 1, 5001);

        var found = series.Find(Clock.Ticks(sample / 1000));

        Assert.InRange(found, Math.Max(1, wanted - LogBlock.Size), wanted);
    }

    [Fact]
    public void Find_of_a_time_no_longer_held_gives_the_oldest()
    {
        var series = TestLog.New().Open();
        series.Fill(100_000);

        Assert.Equal(series.Oldest, series.Find(Clock.Ticks(0)));
    }

    [Fact]
    public void Find_sees_a_late_time_in_an_earlier_block()
    {
        var series = TestLog.New().Open();
        series.Append(100, 1);
        for (var i = 0; i < 3000; i++)
        {
            series.Append(i / 1000.0, 2);
        }

        Assert.Equal(1, series.Find(Clock.Ticks(50)));
    }

    [Fact]
    public void Disorder_counts_samples_older_than_the_newest()
    {
        var series = TestLog.New().Open();
        foreach (var seconds in new double[] { 1, 2, 2, 1.5, 3, 2.9 })
        {
            series.Append(seconds);
        }

        Assert.Equal(2, series.Disorder);
        Assert.Equal(Clock.Ticks(3), series.NewestTicks);
    }

    [Fact]
    public void Sample_sent_again_is_known()
    {
        var series = TestLog.New(megabytes: 4).Open();
        for (var i = 0; i < 10_000; i++)
        {
            series.Append(i * 0.1, i % 7);
        }

        series.Append(123.45, 5);

        bool Holds(double seconds, double value, Quality quality = Quality.Good) => series.Holds(Clock.Ticks(seconds), value, quality);

        // The newest, one of long ago, one that had come late.
        Assert.True(Holds(999.9, 9999 % 7) && Holds(200, 2000 % 7) && Holds(123.45, 5));
        // Of the same time, but something else.
        Assert.False(Holds(200, 99) || Holds(200, 2000 % 7, Quality.Uncertain) || Holds(200.05, 2000 % 7) || Holds(1000, 1));
    }
}
