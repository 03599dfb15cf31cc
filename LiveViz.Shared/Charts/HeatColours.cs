using System.Globalization;

namespace LiveViz.Charts;

/// <summary>
/// The colours of a heatmap: viridis, which is as even to the eye as in numbers, and the same to people who see
/// colours differently, and in grey.
/// </summary>
internal static class HeatColours
{
    // More than can be told apart. Fewer than values: a cell whose value hardly changes need not be sent again.
    private const int Steps = 48;

    private static readonly uint[] Stops =
        [0x440154, 0x482576, 0x414487, 0x35608D, 0x2A788E, 0x21908C, 0x22A884, 0x43BF71, 0x7AD151, 0xBBDF27, 0xFDE725];

    private static readonly string[] Colours = [.. Enumerable.Range(0, Steps + 1).Select(step => Between((double)step / Steps))];

    /// <summary>The legend's colours, as a CSS gradient.</summary>
    public static string Gradient { get; } = $"linear-gradient(90deg,{string.Join(',', Stops.Select(stop => $"#{stop:x6}"))})";

    /// <summary>The colour of a place on a scale, 0 to 1.</summary>
    public static string At(double place) => Colours[(int)Math.Round(Math.Clamp(place, 0, 1) * Steps)];

    /// <summary>Whether dark marks can be read on the colour of a place; light ones can on the others.</summary>
    public static bool IsLight(double place) => place > 0.55;

    private static string Between(double place)
    {
        var at = place * (Stops.Length - 1);
        var i = Math.Min((int)at, Stops.Length - 2);
        uint colour = 0;
        for (var shift = 16; shift >= 0; shift -= 8)
        {
            double from = Stops[i] >> shift & 0xff, to = Stops[i + 1] >> shift & 0xff;
            colour |= (uint)Math.Round(from + (to - from) * (at - i)) << shift;
        }

        return string.Create(CultureInfo.InvariantCulture, $"#{colour:x6}");
    }
}
