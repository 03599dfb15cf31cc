using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Where a source begins that has no mark yet.</summary>
internal static class SqlStart
{
    public static bool IsBeginning(string start) => start.Equals("Beginning", StringComparison.OrdinalIgnoreCase);

    public static bool IsNow(string start) => start.Equals("Now", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the text says where.</summary>
    public static bool IsKnown(string start) =>
        IsBeginning(start) || IsNow(start)
        || decimal.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || IsoTime.TryParse(start, out _);
}
