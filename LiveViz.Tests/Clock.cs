using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests;

/// <summary>The clock of the tests: it stands until it is moved.</summary>
internal static class Clock
{
    public static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static FakeTimeProvider New() => new(new DateTimeOffset(Start));

    public static long Ticks(double seconds) => Start.Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond);
}
