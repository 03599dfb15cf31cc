using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Tests.Sources.Payloads;

public class SampleTimeTests
{
    [Theory]
    [InlineData("2020-02-08 13:30:47", "2020-02-08T13:30:47.0000000Z")]
    [InlineData(" 2020-02-08T13:30:47Z ", "2020-02-08T13:30:47.0000000Z")]
    [InlineData("2020-02-08t13:30:47.1z", "2020-02-08T13:30:47.1000000Z")]
    [InlineData("2020-02-08T13:30:47.123456789Z", "2020-02-08T13:30:47.1234567Z")]
    [InlineData("2020-02-08 13:30:47,5", "2020-02-08T13:30:47.5000000Z")]
    [InlineData("2020-02-08T13:30:47+01:30", "2020-02-08T12:00:47.0000000Z")]
    [InlineData("2020-02-08T13:30:47-0130", "2020-02-08T15:00:47.0000000Z")]
    [InlineData("2020-02-08 23:30:47-02", "2020-02-09T01:30:47.0000000Z")]
    [InlineData("2020-02-08 13:30", "2020-02-08T13:30:00.0000000Z")]
    [InlineData("2020-02-29", "2020-02-29T00:00:00.0000000Z")]
    [InlineData("9999-12-31T23:59:59.9999999", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("0001-01-01", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("1581168647", "2020-02-08T13:30:47.0000000Z")]
    [InlineData("1581168647.25", "2020-02-08T13:30:47.2500000Z")]
    [InlineData("1.581168647e9", "2020-02-08T13:30:47.0000000Z")]
    [InlineData("1581168647123", "2020-02-08T13:30:47.1230000Z")]
    [InlineData("1581168647123456", "2020-02-08T13:30:47.1234560Z")]
    [InlineData("1581168647123456789", "2020-02-08T13:30:47.1234567Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("-1", "1969-12-31T23:59:59.0000000Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39.0000000Z")]
    [InlineData("100000000000", "1973-03-03T09:46:40.0000000Z")]
    public void Time_is_parsed_to_the_tick(string text, string expected)
    {
        Assert.True(SampleTime.TryParse(text, out var utc));

        Assert.Equal(expected, utc.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("13:30")]
    [InlineData("02/03/2020")]
    [InlineData("2020-02-30")]
    [InlineData("2021-02-29")]
    [InlineData("2020-13-01")]
    [InlineData("2020-00-01")]
    [InlineData("0000-01-01")]
    [InlineData("2020-2-8")]
    [InlineData("2020-02-08 24:00:00")]
    [InlineData("2020-02-08 13:60:00")]
    [InlineData("2020-02-08 13:30:60")]
    [InlineData("2020-02-08 13")]
    [InlineData("2020-02-08 13:30:47.")]
    [InlineData("2020-02-08 13:30:47 ")]
    [InlineData("2020-02-08T13:30:47Zulu")]
    [InlineData("2020-02-08T13:30:47+25:00")]
    [InlineData("2020-02-08T13:30:47+01:")]
    [InlineData("2020-02-08T13:30:47x")]
    [InlineData("2020-02-08x13:30:47")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("NaN")]
    [InlineData("-99999999999")]
    [InlineData("1e28")]
    [InlineData("1e400")]
    public void What_is_no_time_is_refused(string text)
    {
        // A trailing space is cut off by the other, lenient entrance.
        Assert.False(text.EndsWith(' ') ? IsoTime.TryParse(text, out _) : SampleTime.TryParse(text, out _));
    }
}
