using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

/// <summary>Scales of values and of time, and how numbers and times are written.</summary>
public class ScaleTests
{
    private static readonly ViewerClock East = new(TimeSpan.FromHours(1));

    [Fact]
    public void Scale_is_what_the_instrument_can_measure_else_around_normal_else_what_was_seen()
    {
        var normal = new Sensor { Id = "a", Normal = new ValueRange(40, 60) };

        Assert.Equal(new ValueScale(0, 100), ValueScale.For(normal with { Range = new ValueRange(0, 100) }, new ValueRange(-5, 500)));
        Assert.Equal(new ValueScale(30, 70), ValueScale.For(normal, new ValueRange(-5, 500)));
        Assert.Equal(new ValueScale(3, 9), ValueScale.For(new Sensor { Id = "b" }, new ValueRange(3.2, 8)));
        Assert.Equal(new ValueScale(6.5, 7.5), ValueScale.For(normal with { Range = new ValueRange(7, 7) }, null));
    }

    [Theory]
    [InlineData(0, 16, 6, "0 5 10 15")]
    [InlineData(0, 1, 6, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-0.3, 0.3, 6, "-0.3 -0.2 -0.1 0 0.1 0.2 0.3")]
    [InlineData(-50, 20, 5, "-40 -20 0 20")]
    [InlineData(995, 1005, 2, "995 1000 1005")]
    public void Ticks_are_round_and_few(double low, double high, int most, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', new ValueScale(low, high).Ticks(most).Select(ValueScale.TickText)));

    [Fact]
    public void Value_beyond_the_scale_stands_at_its_end_and_is_told()
    {
        var scale = new ValueScale(10, 20);

        Assert.Equal((0, 0.5, 1), (scale.Place(-100), scale.Place(15), scale.Place(20.5)));
        Assert.Equal((true, false, false, true), (scale.IsOff(9.9), scale.IsOff(10), scale.IsOff(20), scale.IsOff(20.1)));
    }

    [Theory]
    [InlineData(60, "13:00:00 13:00:15 13:00:30 13:00:45 13:01:00")]
    [InlineData(900, "13:00 13:05 13:10 13:15")]
    [InlineData(86400, "18:00 00:00 06:00 12:00")]
    [InlineData(864000, "2 Mar 4 Mar 6 Mar 8 Mar 10 Mar")]
    public void Times_are_round_on_the_viewers_clock(double seconds, string times)
    {
        var scale = new TimeScale(Clock.Start, Clock.Start.AddSeconds(seconds));

        Assert.Equal(times, string.Join(' ', scale.Ticks(East, 5).Select(tick => tick.Text)));
    }

    [Fact]
    public void Times_stand_where_they_lie()
    {
        var scale = new TimeScale(Clock.Start, Clock.Start.AddSeconds(60));

        Assert.Equal([0, 25, 50, 75, 100], scale.Ticks(East, 5).Select(tick => tick.Percent));
        Assert.Equal((0, 100), (scale.Percent(0), scale.Percent(long.MaxValue / 2)));
    }

    [Theory]
    [InlineData(0.4, "400 ms")]
    [InlineData(59.9, "59 s")]
    [InlineData(120, "2 min")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(3600, "1 h")]
    [InlineData(90000, "1 d 1 h")]
    public void Duration_is_said_in_its_two_largest_units(double seconds, string words) =>
        Assert.Equal(words, ValueWords.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.1, 71.25, "71.3 °C")]
    [InlineData(1.0, 71.25, "71 °C")]
    [InlineData(null, 71.25, "71.250 °C")]
    [InlineData(0.1, double.NaN, "– °C")]
    public void Value_is_written_at_the_sensors_resolution(double? resolution, double value, string words) =>
        Assert.Equal(words, ValueWords.ValueAndUnit(new Sensor { Id = "a", Unit = "°C", Resolution = resolution }, value));

    [Fact]
    public void Time_of_another_day_is_said_with_the_day()
    {
        Assert.Equal("13:00:00", East.Since(Clock.Start, Clock.Start.AddHours(1)));
        Assert.Equal("1 Mar 13:00", East.Since(Clock.Start, Clock.Start.AddHours(11)));
    }

    [Fact]
    public void Time_before_the_calendar_is_its_beginning() =>
        Assert.Equal("00:00:00", new ViewerClock(TimeSpan.FromHours(-5)).Time(default));

    [Fact]
    public void Arc_runs_from_lower_left_over_the_top_to_lower_right()
    {
        var (start, top, end) = (GaugeArc.Point(0, 80), GaugeArc.Point(0.5, 80), GaugeArc.Point(1, 80));

        Assert.Equal((120, 32), (Math.Round(top.X, 6), Math.Round(top.Y, 6)));
        Assert.True(start.X < 120 && end.X > 120 && start.Y > 112 && end.Y > 112);
        Assert.Contains(" 0 1 1 ", GaugeArc.Path(0, 1, 80), StringComparison.Ordinal);
        Assert.Contains(" 0 0 1 ", GaugeArc.Path(0.2, 0.4, 80), StringComparison.Ordinal);
    }
}
