using System.Globalization;
using Bunit;
using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public sealed class LiveGaugeTests : FeedComponentContext
{
    [Theory]
    [InlineData(GaugeShape.Arc)]
    [InlineData(GaugeShape.Linear)]
    public async Task Value_stands_on_the_scale_of_the_instrument_with_normal_marked(GaugeShape shape)
    {
        var gauge = await ShowAsync(shape, 75);

        var meter = gauge.Find("[role=meter]");
        Assert.Equal(("0", "200", "75", "75.0 °C, Normal"), (meter.GetAttribute("aria-valuemin"), meter.GetAttribute("aria-valuemax"), meter.GetAttribute("aria-valuenow"), meter.GetAttribute("aria-valuetext")));
        Assert.Equal("Normal is 50.0 to 100.0 °C", meter.GetAttribute("title"));
        Assert.Equal(("75.0", "°C"), (gauge.Find(".liveviz-number").TextContent, gauge.Find(".liveviz-unit").TextContent));
        Assert.Equal("Normal", gauge.Find(".liveviz-sign").TextContent);
        Assert.Equal(["0", "50", "100", "150", "200"], gauge.FindAll(".liveviz-tick").Select(tick => tick.TextContent));
        if (shape == GaugeShape.Arc)
        {
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"rotate({GaugeArc.Angle(0.375):0.##}deg)"), gauge.Find(".liveviz-pointer").GetAttribute("style"), StringComparison.Ordinal);
            Assert.Equal(GaugeArc.Path(0.25, 0.5, 82), gauge.Find("path.liveviz-band").GetAttribute("d"));
        }
        else
        {
            Assert.Equal("left:37.5%", gauge.Find(".liveviz-pointer").GetAttribute("style"));
            Assert.Equal("left:25%;right:50%", gauge.Find(".liveviz-band").GetAttribute("style"));
        }
    }

    [Theory]
    [InlineData(GaugeShape.Arc)]
    [InlineData(GaugeShape.Linear)]
    public async Task Value_beyond_the_scale_is_told(GaugeShape shape)
    {
        var gauge = await ShowAsync(shape, 250);

        Assert.Equal("off the scale", gauge.Find(".liveviz-off").TextContent);
        Assert.Equal("High", gauge.Find(".liveviz-sign").TextContent);
        Assert.NotNull(gauge.Find(".liveviz-pointer.liveviz-high"));
    }

    [Theory]
    [InlineData(GaugeShape.Arc)]
    [InlineData(GaugeShape.Linear)]
    public async Task Bad_sample_has_no_pointer(GaugeShape shape)
    {
        var gauge = await ShowAsync(shape, double.NaN);

        Assert.Empty(gauge.FindAll(".liveviz-pointer"));
        Assert.Equal(("–", "Bad"), (gauge.Find(".liveviz-number").TextContent, gauge.Find(".liveviz-sign").TextContent));
        Assert.Null(gauge.Find("[role=meter]").GetAttribute("aria-valuenow"));
    }

    [Fact]
    public async Task Sensor_of_which_nothing_is_known_gets_a_scale_that_grows()
    {
        var gauge = Render<LiveGauge>(p => p.Add(c => c.Sensor, "b"));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("b", (1, 3.2))));
        await GiveAsync(TestFrames.Frame(2, TestFrames.Column("b", (2, 8))));

        await EventuallyAsync(() => Assert.Equal(("3", "9"), (gauge.Find("[role=meter]").GetAttribute("aria-valuemin"), gauge.Find("[role=meter]").GetAttribute("aria-valuemax"))));
        Assert.Empty(gauge.FindAll(".liveviz-band"));
        Assert.Equal("Good", gauge.Find(".liveviz-sign").TextContent);
    }

    [Fact]
    public async Task Silent_sensor_says_since_when_and_its_pointer_is_faint()
    {
        var gauge = Render<LiveGauge>(p => p.Add(c => c.Sensor, "a"));
        await GiveAsync(TestFrames.Refill(300, TestFrames.Column("a", (191, 75)) with { IsStale = true }));

        await EventuallyAsync(() => Assert.Equal("no data since 13:03:11", gauge.Find(".liveviz-age").TextContent));
        Assert.NotNull(gauge.Find(".liveviz-pointer.liveviz-nodata"));
    }

    private async Task<IRenderedComponent<LiveGauge>> ShowAsync(GaugeShape shape, double value)
    {
        var gauge = Render<LiveGauge>(p => p.Add(c => c.Sensor, "a").Add(c => c.Shape, shape));
        await GiveAsync(TestFrames.Refill(1, TestFrames.Column("a", (1, value))));
        await EventuallyAsync(() => Assert.NotEqual("No data yet", gauge.Find(".liveviz-sign").TextContent));
        return gauge;
    }
}
