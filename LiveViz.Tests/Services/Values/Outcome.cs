using System.Globalization;

namespace LiveViz.Tests.Services.Values;

/// <summary>What becomes of a row of the table, in words that a failed test shows side by side.</summary>
internal static class Outcome
{
    /// <summary>A door has no way to write it: nothing is sent.</summary>
    public const string Unsaid = "cannot be said";

    /// <summary>It is counted as rejected, and what was sent with it is kept.</summary>
    public const string Refused = "refused";

    /// <summary>A sample without a value.</summary>
    public const string Gap = "no value, Bad";

    /// <summary>A number. No two doubles are written alike, and −0 is not written as 0.</summary>
    public static string Number(double value) => $"{value.ToString("R", CultureInfo.InvariantCulture)}, Good";

    /// <summary>A sample's value and quality.</summary>
    public static string Number(DataPoint point) =>
        $"{point.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "no value"}, {point.Quality}";

    /// <summary>A time.</summary>
    public static string Time(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}
