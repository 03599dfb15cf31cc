using System.Globalization;

namespace LiveViz.Charts;

/// <summary>The geometry of an arc scale, in the units of its own drawing of 240 by 190.</summary>
internal static class GaugeArc
{
    /// <summary>The middle of the circle, from the left and from the top.</summary>
    public const double X = 120, Y = 112;

    // Open at the bottom, where the state is said.
    private const double Start = -125, Sweep = 250;

    /// <summary>How far a place on the scale, 0 to 1, is turned from straight up, in degrees clockwise.</summary>
    public static double Angle(double place) => Start + Sweep * place;

    /// <summary>The point at a place on the scale.</summary>
    /// <param name="place">0 at the lower end, 1 at the upper.</param>
    /// <param name="radius">How far from the middle.</param>
    public static (double X, double Y) Point(double place, double radius)
    {
        var (sin, cos) = Math.SinCos(Angle(place) * Math.PI / 180);
        return (X + radius * sin, Y - radius * cos);
    }

    /// <summary>The arc between two places as the data of an SVG path.</summary>
    public static string Path(double from, double to, double radius)
    {
        var ((x0, y0), (x1, y1)) = (Point(from, radius), Point(to, radius));
        var isLarge = Sweep * (to - from) > 180 ? 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"M{x0:0.##} {y0:0.##}A{radius:0.##} {radius:0.##} 0 {isLarge} 1 {x1:0.##} {y1:0.##}");
    }

    /// <summary>A line across the ring at a place.</summary>
    public static string Mark(double place, double inner, double outer)
    {
        var ((x0, y0), (x1, y1)) = (Point(place, inner), Point(place, outer));
        return string.Create(CultureInfo.InvariantCulture, $"M{x0:0.##} {y0:0.##}L{x1:0.##} {y1:0.##}");
    }
}
