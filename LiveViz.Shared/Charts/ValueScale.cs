using System.Globalization;

namespace LiveViz.Charts;

/// <summary>The scale of an instrument, in the sensor's unit.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end, above <paramref name="Low"/>.</param>
internal sealed record ValueScale(double Low, double High)
{
    // As far on each side of normal again as normal is wide, halved: normal then fills the middle half.
    private const double BesideNormal = 0.5;

    /// <summary>The middle of the scale.</summary>
    public double Middle => (Low + High) / 2;

    /// <summary>
    /// The scale of a sensor: what its instrument can measure, else what lies around normal, else what has been seen.
    /// </summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="seen">The lowest and highest value seen; null before the first.</param>
    public static ValueScale For(Sensor sensor, ValueRange? seen)
    {
        var range = sensor.Range ?? (sensor.Normal is { } normal ? Around(normal) : Round(seen ?? new ValueRange(0, 1)));
        // An instrument that is said to measure one value only still needs a scale to stand on.
        return range.High > range.Low ? new ValueScale(range.Low, range.High) : new ValueScale(range.Low - 0.5, range.Low + 0.5);
    }

    /// <summary>Where a value lies, 0 at the lower end and 1 at the upper; at an end where it lies beyond.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>Whether a value lies beyond the ends.</summary>
    public bool IsOff(double value) => value < Low || value > High;

    /// <summary>Round values on it, in as fine a step as gives no more than <paramref name="most"/>.</summary>
    public IReadOnlyList<double> Ticks(int most)
    {
        var step = Step(High - Low, most);
        var (first, last) = (Math.Ceiling(Low / step - 1e-9), Math.Floor(High / step + 1e-9));
        var ticks = new List<double>();
        // Counted, not added up: the error would add up too.
        for (var i = first; i <= last && ticks.Count <= most; i++)
        {
            // Not below zero, where it would be written so.
            ticks.Add(i * step + 0.0);
        }

        return ticks;
    }

    /// <summary>The mark at a value: without the digits that come of counting in binary.</summary>
    public static string TickText(double value) => value.ToString("G7", CultureInfo.InvariantCulture);

    private static ValueRange Around(ValueRange normal)
    {
        var margin = (normal.High - normal.Low) * BesideNormal;
        return new ValueRange(normal.Low - margin, normal.High + margin);
    }

    private static ValueRange Round(ValueRange seen)
    {
        var step = Step(Math.Max(seen.High - seen.Low, Math.Max(Math.Abs(seen.High) / 100, 1e-6)), 5);
        return new ValueRange((Math.Ceiling(seen.Low / step) - 1) * step, (Math.Floor(seen.High / step) + 1) * step);
    }

    private static double Step(double span, int most)
    {
        var least = span / most;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return decade * (new[] { 1.0, 2, 5 }.FirstOrDefault(digit => digit * decade >= least * (1 - 1e-9), 10));
    }
}
