using System.Globalization;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>
/// The values of one pass. Numbers are written as in the invariant culture, without thousands separators. Where
/// the comma is free (the cells are separated by something else), the first decimal sign met, point or comma, is
/// the file's, and a number with the other one is refused rather than guessed at: "1.500" may be 1500.
/// </summary>
/// <param name="commaIsFree">Whether a comma can stand within a cell.</param>
internal sealed class CsvNumbers(bool commaIsFree)
{
    // Of those that are copied without memory of their own.
    private const int UsualLength = 64;

    private char _decimalSign;

    /// <summary>Parses a cell.</summary>
    /// <param name="cell">The cell's text.</param>
    /// <param name="value">
    /// Its value; null for an empty cell, "null", and what is no finite number ("NaN", "Infinity"): a gap the
    /// recording states.
    /// </param>
    /// <returns>False where it is neither.</returns>
    public bool TryParse(ReadOnlySpan<char> cell, out double? value)
    {
        value = null;
        cell = cell.Trim();
        if (cell.Length == 0 || cell.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (!(commaIsFree ? TryParseEither(cell, out var number) : TryParsePoint(cell, out number)))
        {
            return false;
        }

        value = double.IsFinite(number) ? number : null;
        return true;
    }

    private static bool TryParsePoint(ReadOnlySpan<char> cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private bool TryParseEither(ReadOnlySpan<char> cell, out double number)
    {
        number = 0;
        var at = cell.IndexOfAny('.', ',');
        if (at < 0)
        {
            return TryParsePoint(cell, out number);
        }

        var sign = cell[at];
        if (_decimalSign != '\0' && _decimalSign != sign)
        {
            return false;
        }

        // What follows the first sign is left to the parser, which takes neither a second point nor a comma.
        Span<char> withPoint = cell.Length <= UsualLength ? stackalloc char[UsualLength] : new char[cell.Length];
        cell.CopyTo(withPoint);
        withPoint[at] = '.';
        if (!TryParsePoint(withPoint[..cell.Length], out number))
        {
            return false;
        }

        _decimalSign = sign;
        return true;
    }
}
