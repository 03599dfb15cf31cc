using LiveViz.Charts;
using Plotly.Blazor.Traces;

namespace LiveViz.Tests.Charts;

public class ChartFigureTests
{
    [Theory]
    [InlineData("Boiler 1", "Boiler 1")]
    [InlineData("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;")]
    [InlineData("%{y}", "%&#123;y}")]
    [InlineData("a & b &lt;", "a &amp; b &amp;lt;")]
    [InlineData("100 % {x}", "100 % {x}")]
    public void Name_stays_text(string name, string escaped) => Assert.Equal(escaped, ChartFigure.Escape(name));

    [Fact]
    public void Hostile_names_and_units_reach_plotly_as_text()
    {
        var plan = ChartPlan.For([new Sensor { Id = "a", Name = "<a href=\"javascript:x\">%{customdata}", Unit = "<i>%{x}" }], ChartArrangement.ByUnit);

        var trace = Assert.IsType<Scatter>(ChartFigure.Traces(plan)[0]);
        var title = ChartFigure.Layout(plan).YAxis[0].Title.Text;

        Assert.Equal("&lt;a href=\"javascript:x\"&gt;%&#123;customdata}", trace.Name);
        Assert.Equal("&lt;i&gt;%&#123;x}", title);
    }

    [Fact]
    public void Traces_are_on_the_axis_of_their_lane_and_break_where_nothing_is()
    {
        var plan = ChartPlan.For([Sensor("a", "°C"), Sensor("b", "bar"), Sensor("c", "°C")], ChartArrangement.ByUnit);

        var traces = ChartFigure.Traces(plan).Cast<Scatter>().ToList();

        Assert.Equal(["y", "y2", "y", "y", "y2", "y", "y", "y2", "y"], traces.Select(trace => trace.YAxis));
        Assert.All(traces, trace => Assert.Equal((false, "x"), (trace.ConnectGaps, trace.XAxis)));
        Assert.All(traces, trace => Assert.True(trace.X.Count == 0 && trace.Y.Count == 0));
    }

    [Theory]
    [InlineData(ChartArrangement.Strips, 1)]
    [InlineData(ChartArrangement.Strips, 20)]
    [InlineData(ChartArrangement.ByUnit, 1)]
    [InlineData(ChartArrangement.ByUnit, 7)]
    public void Lanes_share_the_height_from_the_top_without_touching(ChartArrangement arrangement, int count)
    {
        var plan = ChartPlan.For([.. Enumerable.Range(0, count).Select(i => Sensor($"s{i}", $"u{i}"))], arrangement);

        var domains = ChartFigure.Layout(plan).YAxis.Select(axis => ((decimal)axis.Domain[0], (decimal)axis.Domain[1])).ToList();

        Assert.Equal(count, domains.Count);
        Assert.All(domains, domain => Assert.True(0 <= domain.Item1 && domain.Item1 < domain.Item2 && domain.Item2 <= 1));
        Assert.All(domains.Zip(domains.Skip(1)), pair => Assert.True(pair.First.Item1 > pair.Second.Item2));
    }

    [Fact]
    public void Overlaid_axes_stand_left_and_right_of_one_plot_with_room_for_each()
    {
        var plan = ChartPlan.For([Sensor("a", "°C"), Sensor("b", "bar"), Sensor("c", "°C"), Sensor("d", "t/h"), Sensor("e", "%")], ChartArrangement.Overlaid);

        var layout = ChartFigure.Layout(plan);

        Assert.Equal([(null, "x"), ("y", "x"), ("y", "free"), ("y", "free")], layout.YAxis.Select(axis => ((string?)axis.Overlaying, axis.Anchor)));
        Assert.Equal(["Left", "Right", "Left", "Right"], layout.YAxis.Select(axis => axis.Side.ToString()));
        Assert.Equal([null, null, -60m, 60m], layout.YAxis.Select(axis => axis.Shift));
        Assert.Equal((120m, 132m), (layout.Margin.L, layout.Margin.R));
        Assert.Equal([true, false, false, false], layout.YAxis.Select(axis => axis.ShowGrid));
        Assert.Equal("y", layout.XAxis[0].Anchor);
        Assert.Empty(layout.Shapes);
        Assert.Equal(["a, °C", "b, bar"], ChartFigure.Traces(plan).Cast<Scatter>().Take(2).Select(trace => trace.Name));
    }

    [Fact]
    public void Time_axis_hangs_on_the_lowest_lane()
    {
        Assert.Equal("y", ChartFigure.Layout(ChartPlan.For([Sensor("a", "")], ChartArrangement.ByUnit)).XAxis[0].Anchor);
        Assert.Equal("y2", ChartFigure.Layout(ChartPlan.For([Sensor("a", ""), Sensor("b", "x")], ChartArrangement.ByUnit)).XAxis[0].Anchor);
    }

    [Fact]
    public void Normal_range_is_a_band_where_one_sensor_is_on_the_axis()
    {
        var normal = new ValueRange(1, 2);
        Sensor[] sensors = [Sensor("a", "°C") with { Normal = normal }, Sensor("b", "bar") with { Normal = normal }, Sensor("c", "bar") with { Normal = normal }];

        var shape = Assert.Single(ChartFigure.Layout(ChartPlan.For(sensors, ChartArrangement.ByUnit)).Shapes);
        Assert.Equal(("y", 1.0, 2.0), (shape.YRef, shape.Y0, shape.Y1));
        Assert.Equal(["y", "y2", "y3"], ChartFigure.Layout(ChartPlan.For(sensors, ChartArrangement.Strips)).Shapes.Select(band => band.YRef));
    }

    [Fact]
    public void Legend_is_shown_where_names_are_needed()
    {
        Assert.False(ChartFigure.Layout(ChartPlan.For([Sensor("a", "")], ChartArrangement.ByUnit)).ShowLegend);
        Assert.True(ChartFigure.Layout(ChartPlan.For([Sensor("a", ""), Sensor("b", "")], ChartArrangement.ByUnit)).ShowLegend);
        Assert.False(ChartFigure.Layout(ChartPlan.For([Sensor("a", ""), Sensor("b", "")], ChartArrangement.Strips)).ShowLegend);
    }

    private static Sensor Sensor(string id, string unit) => new() { Id = id, Unit = unit };
}
