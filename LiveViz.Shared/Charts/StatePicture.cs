namespace LiveViz.Charts;

/// <summary>Draws a row of a status timeline.</summary>
internal static class StatePicture
{
    // More than this nobody listens to; the newest are told.
    private const int MostSaid = 10;

    // Narrower than this a letter would lie over its neighbours.
    private const double LetterPercent = 2.5;

    /// <summary>The row as it is drawn.</summary>
    public static FeedRow Row(StateHistory history, TimeScale time, ViewerClock clock)
    {
        var sensor = history.Sensor;
        var hasNormal = sensor.Normal is not null;
        var spans = history.Spans(time.From.Ticks, time.To.Ticks);
        var marks = spans.Select(span => Mark(span, sensor, time, clock)).ToList();
        var state = spans[^1].State;
        var changes = spans.Count - 1;
        var summary = $"{sensor.Name}: {SampleStates.Word(state, hasNormal)}, {changes switch
        {
            0 => "no change",
            1 => "1 change",
            _ => $"{changes} changes",
        }} in {ValueWords.Duration(time.To - time.From)}";
        return new FeedRow(sensor, marks, state, SampleStates.Word(state, hasNormal), summary, [.. spans.Skip(1).TakeLast(MostSaid).Select(span => Said(span, hasNormal, clock))]);
    }

    private static RowMark Mark(StateSpan span, Sensor sensor, TimeScale time, ViewerClock clock)
    {
        var (left, right) = (time.Percent(span.From), time.Percent(span.To));
        var isFirst = span.From == time.From.Ticks;
        var isLast = span.To == time.To.Ticks;
        var word = SampleStates.Word(span.State, sensor.Normal is not null);
        // How long it is still going on would have to be sent anew each second.
        var when = (isFirst, isLast) switch
        {
            (true, true) => "all the time",
            (true, false) => $"until {Clock(span.To)}",
            (false, true) => $"since {Clock(span.From)}",
            _ => $"from {Clock(span.From)} to {Clock(span.To)} ({ValueWords.Duration(TimeSpan.FromTicks(span.To - span.From))})",
        };
        return new RowMark(
            // What comes in from the left keeps its place while the window moves on.
            isFirst ? 0 : span.From,
            $"liveviz-span {SampleStates.Css(span.State)}",
            $"left:{Css.Number(left)}%;width:{Css.Number(right - left)}%",
            $"{sensor.Name}: {word} {when}",
            right - left >= LetterPercent ? SampleStates.Letter(span.State) : "");

        string Clock(long ticks) => clock.Time(new DateTime(ticks));
    }

    private static string Said(StateSpan span, bool hasNormal, ViewerClock clock) =>
        $"{SampleStates.Word(span.State, hasNormal)} since {clock.Time(new DateTime(span.From))}";
}
