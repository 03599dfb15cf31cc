using System.Globalization;

namespace LiveViz.Charts;

/// <summary>Writes numbers for CSS and SVG, whatever the culture.</summary>
internal static class Css
{
    /// <summary>A number with two decimals at most: finer than any pixel here.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A share of 0 to 1 as a percentage.</summary>
    public static string Percent(double share) => Number(100 * share) + "%";
}
