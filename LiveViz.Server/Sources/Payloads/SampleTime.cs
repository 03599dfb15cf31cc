using System.Globalization;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>The time of a sample as others write it: ISO 8601 (<see cref="IsoTime"/>) or a number since 1970-01-01T00:00Z.</summary>
internal static class SampleTime
{
    // A number is taken for the coarsest unit that keeps it below the year 5138: right for all times since 1973,
    // whichever the unit.
    private const decimal SecondsEnd = 1e11m;
    private const decimal MillisecondsEnd = 1e14m;
    private const decimal MicrosecondsEnd = 1e17m;

    /// <summary>Parses a time; spaces around it do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utc">The time in UTC, cut off to 100 ns.</param>
    /// <param name="unit">What a number counts.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime utc, TimeUnit unit = TimeUnit.Auto)
    {
        text = text.Trim();
        return IsoTime.TryParse(text, out utc) || TryParseEpoch(text, unit, out utc);
    }

    private static bool TryParseEpoch(ReadOnlySpan<char> text, TimeUnit unit, out DateTime utc)
    {
        utc = default;

        // Decimal, not double: a double has no room for nanoseconds of today.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && TryFromEpoch(number, unit, out utc);
    }

    /// <summary>Makes a time of a number since 1970.</summary>
    public static bool TryFromEpoch(decimal number, TimeUnit unit, out DateTime utc)
    {
        utc = default;
        unit = unit == TimeUnit.Auto ? Recognise(number) : unit;
        try
        {
            var ticks = decimal.Floor(unit switch
            {
                TimeUnit.Seconds => number * TimeSpan.TicksPerSecond,
                TimeUnit.Milliseconds => number * TimeSpan.TicksPerMillisecond,
                TimeUnit.Microseconds => number * TimeSpan.TicksPerMicrosecond,
                _ => number / TimeSpan.NanosecondsPerTick,
            }) + DateTime.UnixEpoch.Ticks;
            if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            {
                return false;
            }

            utc = new DateTime((long)ticks, DateTimeKind.Utc);
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static TimeUnit Recognise(decimal number) => Math.Abs(number) switch
    {
        < SecondsEnd => TimeUnit.Seconds,
        < MillisecondsEnd => TimeUnit.Milliseconds,
        < MicrosecondsEnd => TimeUnit.Microseconds,
        _ => TimeUnit.Nanoseconds,
    };
}
