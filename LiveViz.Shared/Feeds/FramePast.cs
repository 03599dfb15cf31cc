namespace LiveViz.Feeds;

/// <summary>
/// What the first frames of a stream lack of their window, as the server's memory does not reach back so far: asked for
/// as a span, which comes from history, and put before their samples.
/// </summary>
internal sealed class FramePast(FrameRequest request)
{
    // Less than this of a window is not worth a question.
    private const double WorthAsking = 0.01;

    private readonly HashSet<long> _begun = [];

    /// <summary>The span that a frame lacks; null where it lacks none.</summary>
    public SpanRequest? Missing(Frame frame)
    {
        // All samples of days would be more than anybody wants to hold: only what is reduced is completed.
        if (request.Width == 0)
        {
            return null;
        }

        if (frame.IsRefill)
        {
            _begun.Clear();
        }

        var from = frame.Time.AddSeconds(-request.WindowSeconds);
        var lacking = frame.Columns.Where(column => _begun.Add(column.Number) && Lacks(column, from, frame.Time)).ToList();
        if (lacking.Count == 0)
        {
            return null;
        }

        return new SpanRequest
        {
            SensorIds = [.. lacking.Select(column => column.SensorId)],
            From = from,
            To = new DateTime(lacking.Max(column => column.Ticks[0]), DateTimeKind.Utc),
            Width = request.Width,
        };
    }

    /// <summary>The frame with the samples of the past before its own, numbered so that they end before the first it speaks for.</summary>
    public static Frame Join(Frame frame, Frame past)
    {
        var columns = past.Columns.ToDictionary(column => column.SensorId);
        return frame with
        {
            Columns = [.. frame.Columns.Select(column => columns.TryGetValue(column.SensorId, out var before) ? Join(column, before) : column)],
        };
    }

    private static FrameColumn Join(FrameColumn column, FrameColumn past)
    {
        var count = Array.FindLastIndex(past.Ticks, ticks => ticks < column.Ticks[0]) + 1;
        if (count == 0)
        {
            return column;
        }

        var shift = column.First - 1 - past.Sequences[count - 1];
        return column with
        {
            Ticks = [.. past.Ticks.AsSpan(0, count), .. column.Ticks],
            Values = [.. past.Values.AsSpan(0, count), .. column.Values],
            Marks = [.. past.Marks.AsSpan(0, count), .. column.Marks],
            Sequences = [.. past.Sequences.Take(count).Select(sequence => sequence + shift), .. column.Sequences],
        };
    }

    private bool Lacks(FrameColumn column, DateTime from, DateTime to) =>
        column.Ticks.Length > 0
        // A recording has a time of its own.
        && column.Ticks[0] <= to.Ticks
        && column.Ticks[0] - from.Ticks > request.WindowSeconds * WorthAsking * TimeSpan.TicksPerSecond;
}
