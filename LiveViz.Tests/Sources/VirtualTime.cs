using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Sources;

/// <summary>
/// A clock on which every wait is over at once: a timer moves the clock on to when it is due and fires. What runs
/// on it alone runs through without real time passing, and always the same way.
/// </summary>
internal sealed class VirtualTime : FakeTimeProvider
{
    public VirtualTime(DateTimeOffset start)
        : base(start)
    {
    }

    public VirtualTime()
        : this(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>The waits there have been.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>By how much the n-th wait (from 0) ends late, or the clock is moved then.</summary>
    public Func<int, TimeSpan>? Late { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Add(dueTime);
        var late = Late?.Invoke(Waits.Count - 1) ?? TimeSpan.Zero;
        Advance(late < TimeSpan.Zero ? dueTime : dueTime + late);
        if (late < TimeSpan.Zero)
        {
            AdjustTime(GetUtcNow() + late);
        }

        return timer;
    }
}
