using LiveViz.Server.Dashboard;

namespace LiveViz.Tests.Dashboard;

public class SensorReadingTests
{
    private static readonly Sensor Plain = new() { Id = "a", Normal = new ValueRange(10, 20) };

    [Fact]
    public void Sensor_without_a_sample_waits()
    {
        var reading = new SensorReading(Plain);
        Assert.Equal((SensorState.Waiting, null, "–", null), (reading.State, reading.Since, reading.ValueText, reading.Age(Clock.Start)));

        reading.Update(Column(null), Clock.Start);

        Assert.Equal((SensorState.Waiting, 0), (reading.State, reading.Trend));
    }

    [Theory]
    [InlineData(15.0, Quality.Good, false, SensorState.Normal)]
    [InlineData(10.0, Quality.Good, false, SensorState.Normal)]
    [InlineData(20.0, Quality.Good, false, SensorState.Normal)]
    [InlineData(20.1, Quality.Good, false, SensorState.High)]
    [InlineData(9.9, Quality.Good, false, SensorState.Low)]
    [InlineData(15.0, Quality.Uncertain, false, SensorState.Uncertain)]
    [InlineData(25.0, Quality.Uncertain, false, SensorState.High)]
    [InlineData(25.0, Quality.Bad, false, SensorState.Bad)]
    [InlineData(null, Quality.Bad, false, SensorState.Bad)]
    [InlineData(null, Quality.Good, false, SensorState.Bad)]
    [InlineData(25.0, Quality.Bad, true, SensorState.Stale)]
    [InlineData(15.0, Quality.Good, true, SensorState.Stale)]
    public void State_is_what_matters_most(double? value, Quality quality, bool isStale, SensorState state)
    {
        var reading = new SensorReading(Plain);

        reading.Update(Column(Latest(0, value, quality), isStale), Clock.Start);

        Assert.Equal(state, reading.State);
    }

    [Fact]
    public void Sensor_of_a_source_that_has_delivered_all_it_had_is_ended_and_not_stale()
    {
        var reading = new SensorReading(Plain);
        reading.Update(Column(Latest(0, 15, Quality.Good), isStale: true), Clock.Start);

        reading.UpdateSource(isCompleted: true);

        Assert.Equal((SensorState.Ended, true), (reading.State, reading.State < SensorState.Waiting));
    }

    [Fact]
    public void Sensor_without_a_normal_range_is_normal_at_any_value()
    {
        var reading = new SensorReading(new Sensor { Id = "a" });

        reading.Update(Column(Latest(0, 1e300)), Clock.Start);

        Assert.Equal(SensorState.Normal, reading.State);
    }

    [Fact]
    public void Since_is_when_the_state_changed_and_unknown_before_anyone_looked()
    {
        var reading = new SensorReading(Plain);
        reading.Update(Column(Latest(0, 25)), Clock.Start);
        Assert.Equal((SensorState.High, null), (reading.State, reading.Since));

        reading.Update(Column(Latest(1, 15)), Clock.Start.AddSeconds(1));
        Assert.Equal(Clock.Start.AddSeconds(1), reading.Since);

        reading.Update(Column(Latest(2, 16)), Clock.Start.AddSeconds(2));
        Assert.Equal(Clock.Start.AddSeconds(1), reading.Since);

        reading.Update(Column(null, isStale: true), Clock.Start.AddSeconds(9));
        Assert.Equal((SensorState.Stale, Clock.Start.AddSeconds(2)), (reading.State, reading.Since));
    }

    [Fact]
    public void Column_without_a_newest_sample_leaves_the_last()
    {
        var reading = new SensorReading(Plain);
        reading.Update(Column(Latest(0, 15)), Clock.Start);

        reading.Update(Column(null), Clock.Start.AddSeconds(1));

        Assert.Equal(15, reading.Latest!.Value);
    }

    [Fact]
    public void Age_is_by_the_time_of_the_sample_or_of_its_arrival_where_recorded()
    {
        var latest = new LatestSample(Clock.Start.AddDays(-9), 1, Quality.Good, Clock.Start.AddSeconds(-2));
        var live = new SensorReading(Plain);
        var recorded = new SensorReading(Plain with { Recorded = true });
        live.Update(Column(latest), Clock.Start);
        recorded.Update(Column(latest), Clock.Start);

        Assert.Equal(TimeSpan.FromDays(9), live.Age(Clock.Start));
        Assert.Equal(TimeSpan.FromSeconds(2), recorded.Age(Clock.Start));
    }

    [Theory]
    [InlineData(1234.567, null, "1234.6")]
    [InlineData(123.4567, null, "123.46")]
    [InlineData(12.34567, null, "12.346")]
    [InlineData(-12.34567, null, "-12.346")]
    [InlineData(0.0123456, null, "0.01235")]
    [InlineData(12.3456, 0.1, "12.3")]
    [InlineData(12.3456, 0.05, "12.35")]
    [InlineData(12.3456, 0.001, "12.346")]
    [InlineData(12.3456, 0.5, "12.3")]
    [InlineData(12.6, 1.0, "13")]
    [InlineData(1234.4, 10.0, "1234")]
    [InlineData(12.0, 0.1, "12.0")]
    [InlineData(1.0, 0.0, "1.00000000")]
    public void Value_is_written_as_finely_as_the_instrument_measures(double value, double? resolution, string text)
    {
        var reading = new SensorReading(new Sensor { Id = "a", Resolution = resolution });

        reading.Update(Column(Latest(0, value)), Clock.Start);

        Assert.Equal(text, reading.ValueText);
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(-0.2, -1)]
    [InlineData(0.001, 0)]
    [InlineData(0, 0)]
    public void Trend_is_the_direction_of_the_last_seconds(double perSecond, int trend)
    {
        var reading = new SensorReading(Plain);

        for (var i = 0; i < 60; i++)
        {
            reading.Update(Column(Latest(i, 15 + i * perSecond)), Clock.Start.AddSeconds(i));
        }

        Assert.Equal(trend, reading.Trend);
    }

    [Fact]
    public void Trend_ends_when_the_value_stays()
    {
        var reading = new SensorReading(Plain);
        for (var i = 0; i < 120; i++)
        {
            reading.Update(Column(Latest(i, 15 + Math.Min(i, 60) * 0.2)), Clock.Start.AddSeconds(i));
        }

        Assert.Equal(0, reading.Trend);
    }

    [Fact]
    public void Trend_is_steady_after_a_long_silence_and_where_there_is_no_value()
    {
        var reading = new SensorReading(Plain);
        reading.Update(Column(Latest(0, 10)), Clock.Start);
        reading.Update(Column(Latest(1, 20)), Clock.Start.AddSeconds(1));
        Assert.Equal(1, reading.Trend);

        reading.Update(Column(Latest(2, null, Quality.Bad)), Clock.Start.AddSeconds(2));
        Assert.Equal(0, reading.Trend);

        reading.Update(Column(Latest(500, 20)), Clock.Start.AddSeconds(500));
        Assert.Equal(0, reading.Trend);
    }

    private static LatestSample Latest(double seconds, double? value, Quality quality = Quality.Good) =>
        new(Clock.Start.AddSeconds(seconds), value, quality, Clock.Start.AddSeconds(seconds));

    private static FrameColumn Column(LatestSample? latest, bool isStale = false) => new()
    {
        SensorId = "a", Number = 0, First = 1, Sequences = [], Covered = 0, Ticks = [], Values = [], Marks = [], Latest = latest, IsStale = isStale,
    };
}
