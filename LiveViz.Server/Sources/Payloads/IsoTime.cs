using System.Globalization;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>
/// Times as ISO 8601 writes them in its extended form: yyyy-MM-dd, alone or followed by T or a space and
/// HH:mm[:ss[.fraction]], then Z, an offset (±HH, ±HHmm, ±HH:mm) or nothing, which is UTC. Strict where
/// <see cref="DateTime.Parse(string)"/> is not: that would take "13:30" for today and guess at 02/03/2020.
/// </summary>
internal static class IsoTime
{
    /// <summary>Parses a trimmed time; what is finer than 100 ns is cut off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime utc)
    {
        utc = default;
        if (!TakeDate(ref text, out var ticks))
        {
            return false;
        }

        if (text.Length > 0)
        {
            if (text[0] is not ('T' or 't' or ' '))
            {
                return false;
            }

            text = text[1..];
            if (!TakeClock(ref text, out var clock) || !TakeOffset(ref text, out var offset) || text.Length > 0)
            {
                return false;
            }

            ticks += clock - offset;
        }

        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utc = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TakeDate(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (!TakeNumber(ref text, 4, 1, 9999, out var year) || !Take(ref text, '-')
            || !TakeNumber(ref text, 2, 1, 12, out var month) || !Take(ref text, '-')
            || !TakeNumber(ref text, 2, 1, DateTime.DaysInMonth(year, month), out var day))
        {
            return false;
        }

        ticks = new DateTime(year, month, day).Ticks;
        return true;
    }

    private static bool TakeClock(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (!TakeNumber(ref text, 2, 0, 23, out var hours) || !Take(ref text, ':')
            || !TakeNumber(ref text, 2, 0, 59, out var minutes))
        {
            return false;
        }

        var seconds = 0;
        if (Take(ref text, ':') && !TakeNumber(ref text, 2, 0, 59, out seconds))
        {
            return false;
        }

        ticks = (((hours * 60L) + minutes) * 60 + seconds) * TimeSpan.TicksPerSecond;
        return (!Take(ref text, '.') && !Take(ref text, ',')) || TakeFraction(ref text, ref ticks);
    }

    private static bool TakeFraction(ref ReadOnlySpan<char> text, ref long ticks)
    {
        var digits = 0;
        var unit = TimeSpan.TicksPerSecond;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            unit /= 10; // 0 from the eighth digit on
            ticks += unit * (text[digits] - '0');
            digits++;
        }

        text = text[digits..];
        return digits > 0;
    }

    private static bool TakeOffset(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length == 0 || Take(ref text, 'Z') || Take(ref text, 'z'))
        {
            return true;
        }

        var sign = text[0] == '-' ? -1 : 1;
        if (!Take(ref text, '+') && !Take(ref text, '-'))
        {
            return false;
        }

        var minutes = 0;
        if (!TakeNumber(ref text, 2, 0, 23, out var hours)
            || ((Take(ref text, ':') || text.Length > 0) && !TakeNumber(ref text, 2, 0, 59, out minutes)))
        {
            return false;
        }

        ticks = sign * ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> text, int digits, int low, int high, out int number)
    {
        number = 0;
        if (text.Length < digits || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        text = text[digits..];
        return number >= low && number <= high;
    }

    private static bool Take(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.Length == 0 || text[0] != expected)
        {
            return false;
        }

        text = text[1..];
        return true;
    }
}
