using System.Globalization;

namespace LiveViz.Charts;

/// <summary>Writes times of the server by the clock on the viewer's wall.</summary>
/// <param name="Offset">How far that is ahead of UTC.</param>
internal readonly record struct ViewerClock(TimeSpan Offset)
{
    /// <summary>A time of day.</summary>
    public string Time(DateTime utc) => Format(utc, "HH:mm:ss");

    /// <summary>A time of day, and the day where that is not the day of <paramref name="now"/>.</summary>
    public string Since(DateTime utc, DateTime now) => Format(utc, Local(utc).Date == Local(now).Date ? "HH:mm:ss" : "d MMM HH:mm");

    /// <summary>The mark on a time axis whose marks are <paramref name="step"/> apart.</summary>
    public string Tick(DateTime utc, TimeSpan step) => Format(utc, step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : step < TimeSpan.FromDays(1) ? "HH:mm" : "d MMM");

    // A recording may begin with the calendar, and the viewer be west of it.
    private string Format(DateTime utc, string format) => Local(utc).ToString(format, CultureInfo.InvariantCulture);

    private DateTime Local(DateTime utc) => new(Math.Clamp(utc.Ticks + Offset.Ticks, 0, DateTime.MaxValue.Ticks));
}
