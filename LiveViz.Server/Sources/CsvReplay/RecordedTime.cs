using System.Globalization;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>The time of a row: ISO 8601 (<see cref="IsoTime"/>) or a number since 1970-01-01T00:00Z.</summary>
internal static class RecordedTime
{
    // A number is taken for the coarsest unit that keeps it below the year 5138: right for all times since 1973,
    // whichever the unit.
    private const decimal SecondsEnd = 1e11m;
    private const decimal MillisecondsEnd = 1e14m;
    private const decimal MicrosecondsEnd = 1e17m;

    /// <summary>Parses a time; spaces around it do not matter.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="utc">The time in UTC, cut off to 100 ns.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime utc)
    {
        text = text.Trim();
        return TryParseIso(text, out utc) || TryParseEpoch(text, out utc);
    }

    /// <summary>Parses a time that is not a bare number.</summary>
    public static bool TryParseIso(ReadOnlySpan<char> text, out DateTime utc) => IsoTime.TryParse(text.Trim(), out utc);

    private static bool TryParseEpoch(ReadOnlySpan<char> text, out DateTime utc)
    {
        utc = default;

        // Decimal, not double: a double has no room for nanoseconds of today.
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var ticks = Math.Abs(number) switch
        {
            < SecondsEnd => number * TimeSpan.TicksPerSecond,
            < MillisecondsEnd => number * TimeSpan.TicksPerMillisecond,
            < MicrosecondsEnd => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        };
        ticks = decimal.Floor(ticks) + DateTime.UnixEpoch.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTime((long)ticks, DateTimeKind.Utc);
        return true;
    }
}
