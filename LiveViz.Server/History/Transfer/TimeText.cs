using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.History.Transfer;

/// <summary>
/// Times as people give them to ask for a span: ISO 8601 (UTC where it does not say), <c>now</c>, before or after now as
/// <c>-1h</c>, <c>now-1h</c> or <c>now+5m</c> (ms, s, m, h, d, w), or a whole number since 1970: seconds, ms, µs or ns, whichever is of our days.
/// </summary>
internal static class TimeText
{
    /// <summary>What is understood, for a message.</summary>
    public const string Forms =
        "a time such as 2026-05-01T06:00:00Z, a time before now such as -1h or now-7d (ms, s, m for minutes, h, d, w), now, or a number since 1970 (s, ms, µs or ns)";

    private static readonly (string Name, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay), ("w", 7 * TimeSpan.TicksPerDay),
    ];

    /// <summary>Understands a time.</summary>
    /// <param name="text">What was given.</param>
    /// <param name="now">In ticks, UTC.</param>
    /// <param name="ticks">In ticks, UTC.</param>
    /// <returns>False where it is none, or none from the year 1 to 9999.</returns>
    public static bool TryParse(string text, long now, out long ticks)
    {
        text = text.Trim();
        // A plus in an address that was not encoded comes as a space.
        if (IsoTime.TryParse(text, out var utc) || (text.Contains('T') && IsoTime.TryParse(text.Replace(' ', '+'), out utc)))
        {
            ticks = utc.Ticks;
            return true;
        }

        if (text.AsSpan().ContainsAnyExceptInRange('0', '9') is false && SampleTime.TryParse(text, out utc))
        {
            ticks = utc.Ticks;
            return true;
        }

        var rest = text.StartsWith("now", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(3) : text.AsSpan();
        var sign = rest is ['-', ..] ? -1 : rest is ['+' or ' ', ..] ? 1 : 0;
        ticks = now;
        return sign == 0 ? text.Equals("now", StringComparison.OrdinalIgnoreCase) : TryParseDistance(rest[1..], sign, now, out ticks);
    }

    private static bool TryParseDistance(ReadOnlySpan<char> text, int sign, long now, out long ticks)
    {
        ticks = now;
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        // Some would mean months by it.
        if (text[digits..] is "M")
        {
            return false;
        }

        foreach (var (name, unit) in Units)
        {
            if (text[digits..].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return TryAdd(now, sign * count, unit, out ticks);
            }
        }

        return false;
    }

    private static bool TryAdd(long from, long count, long unit, out long ticks)
    {
        var sum = from + ((Int128)count * unit);
        ticks = (long)Int128.Clamp(sum, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return sum == ticks;
    }
}
