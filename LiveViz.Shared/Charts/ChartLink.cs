namespace LiveViz.Charts;

/// <summary>
/// Makes charts act as one: they share a crosshair, and are live or held at the same span together. Give it to charts
/// as a cascading value; a chart that gets none is on its own.
/// </summary>
public sealed class ChartLink
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Raised when the charts are held, moved, or let go, on any thread.</summary>
    public event Action? Changed;

    /// <summary>What ties the charts together in the browser.</summary>
    public string Id { get; } = $"liveviz-link-{Guid.NewGuid():N}";

    /// <summary>The span that the charts are held at; null while they are live.</summary>
    public ChartSpan? Held { get; private set; }

    /// <summary>Holds the charts at a span; from 10 ms to 7 days, longer ones end where it ends.</summary>
    public void Hold(ChartSpan span)
    {
        var length = TimeSpan.FromTicks(Math.Clamp(span.Length.Ticks, Shortest.Ticks, Longest.Ticks));
        // To the millisecond, as it stands in an address.
        var to = new DateTime(span.To.Ticks - span.To.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        length = TimeSpan.FromMilliseconds(Math.Round(length.TotalMilliseconds));
        var held = new ChartSpan(to - length, to);
        if (held != Held)
        {
            Held = held;
            Changed?.Invoke();
        }
    }

    /// <summary>Lets the charts go: they are live again.</summary>
    public void GoLive()
    {
        if (Held is not null)
        {
            Held = null;
            Changed?.Invoke();
        }
    }
}
