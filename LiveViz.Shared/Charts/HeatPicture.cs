namespace LiveViz.Charts;

/// <summary>Draws a row of a heatmap.</summary>
internal static class HeatPicture
{
    /// <summary>The row as it is drawn.</summary>
    /// <param name="row">What is known of the sensor.</param>
    /// <param name="from">Where the window begins, in ticks.</param>
    /// <param name="to">Where it ends, in ticks.</param>
    /// <param name="cellTicks">How long a cell is.</param>
    /// <param name="clock">The viewer's clock.</param>
    public static FeedRow Row(HeatRow row, long from, long to, long cellTicks, ViewerClock clock)
    {
        var sensor = row.Sensor;
        var scale = ValueScale.For(sensor, row.Seen);
        var middle = sensor.Normal is { } normal ? (normal.Low + normal.High) / 2 : scale.Middle;
        var spans = row.Spans(from, to).ToList();
        var marks = spans.ConvertAll(span => Mark(span, sensor, scale, middle, cellTicks, clock));
        var missing = TimeSpan.FromTicks(spans.Where(span => span.Cell is null).Sum(span => span.To - span.From));
        var summary = row.Seen is { } seen
            ? $"{sensor.Name}: {ValueWords.Range(sensor, seen.Low, seen.High)}{(missing > TimeSpan.Zero ? $", no data for {ValueWords.Duration(missing)}" : "")}"
            : $"{sensor.Name}: no data";
        var now = double.IsNaN(row.Value) ? SampleStates.Word(row.State) : ValueWords.ValueAndUnit(sensor, row.Value);
        return new FeedRow(sensor, marks, row.State, now, summary, []);
    }

    private static RowMark Mark(HeatSpan span, Sensor sensor, ValueScale scale, double middle, long cellTicks, ViewerClock clock)
    {
        var cells = Math.Max(1, (int)((span.To - span.From + cellTicks - 1) / cellTicks));
        var place = cells > 1 ? $"grid-column:span {cells};" : "";
        var told = $"{sensor.Name}, {clock.Time(new DateTime(span.From))} to {clock.Time(new DateTime(span.To))}: ";
        if (span.Cell is not { } cell)
        {
            return new RowMark(span.From, "liveviz-cell liveviz-missing", place, told + "no data");
        }

        if (!span.IsHeld && !cell.HasValue)
        {
            return new RowMark(span.From, "liveviz-cell liveviz-invalid", place, told + "bad, no value", "×");
        }

        var value = span.IsHeld ? cell.Last : cell.Farthest(middle);
        var at = scale.Place(value);
        // The colour alone does not tell what is normal, which lies elsewhere in the range of each sensor.
        var beyond = SampleStates.Of(sensor, value, Quality.Good) switch
        {
            SampleState.High => " liveviz-over",
            SampleState.Low => " liveviz-under",
            _ => "",
        };
        var said = span.IsHeld
            ? $"still {ValueWords.ValueAndUnit(sensor, value)}"
            : $"{ValueWords.Range(sensor, cell.Min, cell.Max)}{(beyond.Length == 0 ? "" : beyond == " liveviz-over" ? ", above normal" : ", below normal")}";
        return new RowMark(
            span.From,
            $"liveviz-cell{beyond} {(HeatColours.IsLight(at) ? "liveviz-onlight" : "liveviz-ondark")}",
            $"{place}background:{HeatColours.At(at)}",
            told + said);
    }
}
