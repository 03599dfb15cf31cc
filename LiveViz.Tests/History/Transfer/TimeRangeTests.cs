using LiveViz.Server.History.Transfer;

namespace LiveViz.Tests.History.Transfer;

public sealed class TimeRangeTests
{
    [Theory]
    [InlineData("2026-03-01T11:00:00Z", "2026-03-01T11:00:00.0000000Z")]
    [InlineData("2026-03-01 11:00:00.1234567", "2026-03-01T11:00:00.1234567Z")]
    [InlineData("2026-03-01T11:00:00+01:00", "2026-03-01T10:00:00.0000000Z")]
    [InlineData("2026-03-01T11:00:00 01:00", "2026-03-01T10:00:00.0000000Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00.0000000Z")]
    [InlineData("1772359200123", "2026-03-01T10:00:00.1230000Z")]
    [InlineData("1772359200", "2026-03-01T10:00:00.0000000Z")]
    [InlineData("1772359200123456789", "2026-03-01T10:00:00.1234567Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("-90m", "2026-03-01T10:30:00.0000000Z")]
    [InlineData("now-500ms", "2026-03-01T11:59:59.5000000Z")]
    [InlineData("-2W", "2026-02-15T12:00:00.0000000Z")]
    [InlineData("now", "2026-03-01T12:00:00.0000000Z")]
    public void Time_is_understood(string text, string time)
    {
        Assert.Null(TimeRange.TryParse(text, null, Clock.Start.Ticks, out var range));
        Assert.Equal((time, Clock.Start.Ticks), (new DateTime(range.From, DateTimeKind.Utc).ToString("O"), range.Until));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("-h")]
    [InlineData("-1y")]
    [InlineData("-1M")]
    [InlineData("now-3M")]
    [InlineData("1e3")]
    [InlineData("2026-13-01")]
    [InlineData("-99999999999999999999h")]
    [InlineData("-999999999w")]
    [InlineData("99999999999999999999999")]
    public void What_is_no_time_is_refused_with_the_forms_that_are_understood(string text)
    {
        Assert.StartsWith($"from is \"{text}\"; it must be a time such as", TimeRange.TryParse(text, null, Clock.Start.Ticks, out _));
        Assert.StartsWith($"to is \"{text}\"; it must be a time such as", TimeRange.TryParse(null, text, Clock.Start.Ticks, out _));
    }

    [Fact]
    public void Range_is_the_last_hour_unless_it_is_said_and_is_not_turned_around()
    {
        Assert.Null(TimeRange.TryParse(null, "", Clock.Start.Ticks, out var range));
        Assert.Equal(new TimeRange(Clock.Ticks(-3600), Clock.Ticks(0)), range);
        Assert.Equal(
            "from (2026-03-01T12:00:00.0000000Z) is after to (2026-03-01T11:00:00.0000000Z).",
            TimeRange.TryParse("now", "-1h", Clock.Start.Ticks, out _));
    }
}
