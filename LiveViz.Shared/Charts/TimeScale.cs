namespace LiveViz.Charts;

/// <summary>A span of time that is drawn from left to right.</summary>
/// <param name="From">Its left end, UTC.</param>
/// <param name="To">Its right end, UTC.</param>
internal sealed record TimeScale(DateTime From, DateTime To)
{
    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        TimeSpan.FromDays(1),
    ];

    /// <summary>Where a time is drawn, in percent from the left; at an end where it lies beyond.</summary>
    public double Percent(long ticks) => Math.Clamp(100.0 * (ticks - From.Ticks) / Math.Max(1, To.Ticks - From.Ticks), 0, 100);

    /// <summary>Round times on the viewer's clock, in as fine a step as gives no more than <paramref name="most"/>.</summary>
    public IReadOnlyList<TimeTick> Ticks(ViewerClock clock, int most)
    {
        var step = Steps.FirstOrDefault(step => (To - From) / step <= most, Steps[^1] * Math.Ceiling((To - From) / Steps[^1] / most));
        var local = From.Ticks + clock.Offset.Ticks;
        var first = (local + step.Ticks - 1) / step.Ticks * step.Ticks - clock.Offset.Ticks;
        var ticks = new List<TimeTick>();
        for (var at = first; at <= To.Ticks; at += step.Ticks)
        {
            ticks.Add(new TimeTick(Percent(at), clock.Tick(new DateTime(at, DateTimeKind.Utc), step)));
        }

        return ticks;
    }
}
