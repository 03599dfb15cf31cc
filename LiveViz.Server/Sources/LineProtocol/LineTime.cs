using System.Buffers.Text;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>Timestamps of line protocol: whole numbers since 1970, in a unit that is agreed upon beforehand.</summary>
internal static class LineTime
{
    private static readonly Int128 Earliest = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) * (Int128)TimeSpan.NanosecondsPerTick;
    private static readonly Int128 Latest = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) * (Int128)TimeSpan.NanosecondsPerTick;

    /// <summary>Reads one, cut off to 100 ns.</summary>
    /// <returns>Null, or why it is none.</returns>
    public static string? Read(ReadOnlySpan<byte> text, TimePrecision precision, out DateTime time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long number, out var length) || length != text.Length || text[0] == '+')
        {
            return text.TrimStart((byte)'-').ContainsAnyExceptInRange((byte)'0', (byte)'9')
                ? "bad timestamp: it is no whole number"
                : "time outside range: the timestamp has more than 64 bits";
        }

        var nanoseconds = (Int128)number * (long)precision;
        if (nanoseconds < Earliest || nanoseconds > Latest)
        {
            return "time outside range: the timestamp is beyond the year 9999; its unit is what precision says, else nanoseconds";
        }

        var ticks = precision == TimePrecision.Nanoseconds
            ? Math.DivRem(number, TimeSpan.NanosecondsPerTick) is { Remainder: < 0 } floor ? floor.Quotient - 1 : number / TimeSpan.NanosecondsPerTick
            : number * ((long)precision / TimeSpan.NanosecondsPerTick);
        time = new DateTime(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc);
        return null;
    }
}
