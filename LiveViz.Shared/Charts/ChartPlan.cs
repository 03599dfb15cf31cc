namespace LiveViz.Charts;

/// <summary>What a chart is made of: a trace for each sensor, and the lanes these are drawn in.</summary>
public sealed record ChartPlan
{
    // A band that fills its axis to the edge cannot be seen as a band.
    private const double BandMargin = 0.25;

    // Two on each side.
    private const int MostAxes = 4;

    private ChartPlan(IReadOnlyList<Sensor> sensors, IReadOnlyList<ChartLane> lanes, ChartArrangement arrangement)
    {
        Sensors = sensors;
        Lanes = lanes;
        Arrangement = arrangement;
    }

    /// <summary>The sensors, one trace each, in this order.</summary>
    public IReadOnlyList<Sensor> Sensors { get; }

    /// <summary>The lanes, from the top.</summary>
    public IReadOnlyList<ChartLane> Lanes { get; }

    /// <summary>How they share the height.</summary>
    public ChartArrangement Arrangement { get; }

    /// <summary>Lays out a chart.</summary>
    public static ChartPlan For(IReadOnlyList<Sensor> sensors, ChartArrangement arrangement)
    {
        var indices = Enumerable.Range(0, sensors.Count);
        var groups = arrangement == ChartArrangement.Strips
            ? indices.Select(i => new[] { i })
            : indices.GroupBy(i => sensors[i].Unit).Select(unit => unit.ToArray());
        var lanes = groups
            .Select(traces => new ChartLane(sensors[traces[0]].Unit, traces, BaseOf([.. traces.Select(i => sensors[i])])))
            .ToList();
        var isTooMuch = arrangement == ChartArrangement.Overlaid && lanes.Count > MostAxes;
        return new ChartPlan(sensors, lanes, isTooMuch ? ChartArrangement.ByUnit : arrangement);
    }

    private static ValueRange? BaseOf(IReadOnlyList<Sensor> sensors)
    {
        if (sensors.Any(sensor => sensor.Normal is null))
        {
            return null;
        }

        var low = sensors.Min(sensor => sensor.Normal!.Low);
        var high = sensors.Max(sensor => sensor.Normal!.High);
        var margin = (high - low) * BandMargin;
        return new ValueRange(low - margin, high + margin);
    }
}
