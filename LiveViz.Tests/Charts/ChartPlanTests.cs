using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public class ChartPlanTests
{
    private static readonly Sensor[] Sensors =
    [
        new() { Id = "t1", Unit = "°C", Normal = new ValueRange(10, 20) },
        new() { Id = "p1", Unit = "bar" },
        new() { Id = "t2", Unit = "°C", Normal = new ValueRange(0, 30) },
        new() { Id = "x" },
    ];

    [Fact]
    public void Sensors_of_one_unit_share_a_lane()
    {
        var plan = ChartPlan.For(Sensors, ChartArrangement.ByUnit);

        Assert.Equal(["°C", "bar", ""], plan.Lanes.Select(lane => lane.Unit));
        Assert.Equal([[0, 2], [1], [3]], plan.Lanes.Select(lane => lane.Traces));
        Assert.Equal(Sensors, plan.Sensors);
    }

    [Fact]
    public void Strips_give_each_sensor_a_lane()
    {
        var plan = ChartPlan.For(Sensors, ChartArrangement.Strips);

        Assert.Equal(["°C", "bar", "°C", ""], plan.Lanes.Select(lane => lane.Unit));
        Assert.Equal([[0], [1], [2], [3]], plan.Lanes.Select(lane => lane.Traces));
    }

    [Fact]
    public void Overlaid_sensors_have_a_lane_for_each_unit_as_long_as_these_can_be_told_apart()
    {
        var four = ChartPlan.For([.. Sensors, new() { Id = "f", Unit = "t/h" }], ChartArrangement.Overlaid);
        var five = ChartPlan.For([.. Sensors, new() { Id = "f", Unit = "t/h" }, new() { Id = "v", Unit = "mm/s" }], ChartArrangement.Overlaid);

        Assert.Equal(["°C", "bar", "", "t/h"], four.Lanes.Select(lane => lane.Unit));
        Assert.Equal((ChartArrangement.Overlaid, ChartArrangement.ByUnit), (four.Arrangement, five.Arrangement));
    }

    [Fact]
    public void Lane_shows_the_normal_ranges_of_all_its_sensors_with_room_about()
    {
        Assert.Equal(new ValueRange(-7.5, 37.5), ChartPlan.For(Sensors, ChartArrangement.ByUnit).Lanes[0].Base);
        Assert.Equal(new ValueRange(7.5, 22.5), ChartPlan.For(Sensors, ChartArrangement.Strips).Lanes[0].Base);
    }

    [Fact]
    public void Lane_with_a_sensor_of_no_normal_range_has_no_base()
    {
        Assert.Null(ChartPlan.For([Sensors[0], Sensors[0] with { Id = "t3", Normal = null }], ChartArrangement.ByUnit).Lanes[0].Base);
    }

    [Fact]
    public void Plan_of_no_sensors_has_no_lanes() => Assert.Empty(ChartPlan.For([], ChartArrangement.ByUnit).Lanes);
}
