using LiveViz.Server.Dashboard;

namespace LiveViz.Tests.Dashboard;

public class ViewSettingsTests
{
    private readonly ViewSettings _settings = new();
    private int _changes;

    public ViewSettingsTests() => _settings.Changed += () => _changes++;

    [Fact]
    public void Range_is_a_minute_at_first() => Assert.Equal(("1m", TimeSpan.FromMinutes(1)), (_settings.Range, _settings.Window));

    [Fact]
    public void Range_on_offer_is_taken_and_told_once()
    {
        _settings.UseRange("15m");
        _settings.UseRange("15m");

        Assert.Equal(("15m", TimeSpan.FromMinutes(15), 1), (_settings.Range, _settings.Window, _changes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1M")]
    [InlineData("4s")]
    [InlineData("8d")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("1.5h")]
    [InlineData("999999999m")]
    [InlineData("<script>")]
    public void Range_that_cannot_be_changes_nothing(string? key)
    {
        _settings.UseRange(key);

        Assert.Equal(("1m", 0), (_settings.Range, _changes));
    }

    [Theory]
    [InlineData("5s", 5)]
    [InlineData("45m", 45 * 60)]
    [InlineData("36h", 36 * 3600)]
    [InlineData("7d", 7 * 86400)]
    public void Range_of_ones_own_is_taken(string key, int seconds)
    {
        _settings.UseRange(key);

        Assert.Equal((key, TimeSpan.FromSeconds(seconds), 1), (_settings.Range, _settings.Window, _changes));
        Assert.Equal($"sources?range={key}", _settings.Link("sources"));
    }

    [Fact]
    public void Time_of_the_viewers_clock_is_found_again_and_one_that_it_leaves_out_is_near()
    {
        _settings.UseClock("Europe/Berlin", 60);

        Assert.Equal(Clock.Start, _settings.Utc(_settings.Local(Clock.Start)));
        Assert.Equal(new DateTime(2026, 3, 29, 1, 30, 0), _settings.Utc(new DateTime(2026, 3, 29, 2, 30, 0)));
        Assert.Equal(DateTimeKind.Utc, _settings.Utc(new DateTime(2026, 3, 29, 2, 30, 0)).Kind);
    }

    [Theory]
    [InlineData(0, "12:00:00")]
    [InlineData(330, "17:30:00")]
    [InlineData(-480, "04:00:00")]
    public void Clock_is_the_viewers(int offset, string text)
    {
        _settings.UseClock(null, offset);

        Assert.Equal(text, _settings.Clock(Clock.Start, Clock.Start));
    }

    [Fact]
    public void Clock_says_the_date_where_it_is_not_the_viewers_today()
    {
        Assert.Equal("28 Feb 2026 23:59:59", _settings.Clock(new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Utc), Clock.Start));

        _settings.UseClock(null, 60);

        Assert.Equal("00:59:59", _settings.Clock(new DateTime(2026, 2, 28, 23, 59, 59, DateTimeKind.Utc), Clock.Start));
    }

    [Fact]
    public void Since_is_said_only_where_it_is_known()
    {
        Assert.Equal("since 12:00:00", _settings.Since(Clock.Start, Clock.Start));
        Assert.Equal("", _settings.Since(null, Clock.Start));
    }

    [Fact]
    public void Clock_to_the_millisecond_has_its_date()
    {
        _settings.UseClock(null, 60);

        Assert.Equal("2026-03-01 13:00:00.120", _settings.ClockMilliseconds(Clock.Start.AddMilliseconds(120)));
    }
}
