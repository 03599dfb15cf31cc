using System.Globalization;
using System.Text;

namespace LiveViz.Charts;

/// <summary>A window of samples as a line without axes, in a box of its own pixels.</summary>
internal static class Sparkline
{
    /// <summary>The line as the data of an SVG path; broken where there is no value and where nothing came.</summary>
    /// <param name="points">The samples, in order.</param>
    /// <param name="time">What the width shows.</param>
    /// <param name="scale">What the height shows.</param>
    /// <param name="width">Of the box, in pixels.</param>
    /// <param name="height">Of the box, in pixels.</param>
    public static string Path(IEnumerable<WindowPoint> points, TimeScale time, ValueScale scale, double width, double height)
    {
        var path = new StringBuilder();
        var isJoined = false;
        var isAlone = false;
        foreach (var point in points)
        {
            if (!point.HasValue || point.IsBroken)
            {
                Close(path, isAlone);
                (isJoined, isAlone) = (false, false);
            }

            if (point.HasValue)
            {
                // Not held to the box at the left: the line comes in from where it was before the window.
                var x = width * (point.Ticks - time.From.Ticks) / (time.To.Ticks - time.From.Ticks);
                path.Append(CultureInfo.InvariantCulture, $"{(isJoined ? 'L' : 'M')}{x:0.#} {Y(scale, point.Value, height):0.#}");
                (isJoined, isAlone) = (true, !isJoined);
            }
        }

        Close(path, isAlone);
        return path.ToString();
    }

    /// <summary>How far down a value is drawn.</summary>
    public static double Y(ValueScale scale, double value, double height) => height * (1 - scale.Place(value));

    /// <summary>
    /// What the height shows: normal, with a margin so that the band can be seen as one, and whatever went beyond.
    /// </summary>
    public static ValueScale Scale(Sensor sensor, ValueRange? seen)
    {
        var low = Math.Min(sensor.Normal?.Low ?? double.PositiveInfinity, seen?.Low ?? double.PositiveInfinity);
        var high = Math.Max(sensor.Normal?.High ?? double.NegativeInfinity, seen?.High ?? double.NegativeInfinity);
        if (low > high)
        {
            return new ValueScale(0, 1);
        }

        var margin = high > low ? (high - low) / 8 : Math.Max(Math.Abs(high) / 100, 0.5);
        return new ValueScale(low - margin, high + margin);
    }

    // A sample that stands alone would be a line of no length, and not seen: a dot, by the round ends of the line.
    private static void Close(StringBuilder path, bool isAlone)
    {
        if (isAlone)
        {
            path.Append("h0");
        }
    }
}
