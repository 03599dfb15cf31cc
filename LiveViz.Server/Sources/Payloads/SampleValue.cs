using System.Globalization;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>The value of a sample as others write it in text.</summary>
internal static class SampleValue
{
    /// <summary>Parses a value; spaces around it do not matter.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">
    /// Its value, rounded to the nearest double; null for nothing, "null", and what is no finite number ("NaN",
    /// "Infinity", 1e999): a gap that was stated. True is 1, false is 0.
    /// </param>
    /// <returns>False where it is none of these.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double? value)
    {
        text = text.Trim();
        value = null;
        if (text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            value = Finite(number);
            return true;
        }

        if (bool.TryParse(text, out var state))
        {
            value = state ? 1 : 0;
            return true;
        }

        return false;
    }

    /// <summary>The number, or null where it is not finite.</summary>
    public static double? Finite(double number) => double.IsFinite(number) ? number : null;
}
