using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>The values of line protocol that are no texts: numbers, whole numbers (<c>12i</c>, <c>12u</c>) and booleans.</summary>
internal static class LineNumber
{
    // Up to here a decimal is the quotient of two numbers that a double holds exactly, and is rounded once.
    private const int MostExactDigits = 15;

    private static readonly double[] Powers =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads one; a boolean is 1 or 0, a whole number beyond 2⁵³ the nearest double.</summary>
    /// <param name="text">What stands between the equals sign and the next comma or space.</param>
    /// <param name="value">Its value; NaN for "NaN" and "Inf", an infinity for what is too large.</param>
    /// <returns>Null, or why it is none.</returns>
    public static string? Read(ReadOnlySpan<byte> text, out double value)
    {
        if (TryReadShort(text, out value))
        {
            return null;
        }

        var digits = text[0] == '-' ? text[1..] : text;
        if (digits.IsEmpty || !(char.IsAsciiDigit((char)digits[0]) || digits[0] == '.'))
        {
            return ReadWord(text, digits, ref value);
        }

        switch (text[^1])
        {
            case (byte)'i':
                var isSigned = Utf8Parser.TryParse(text, out long signed, out var length);
                value = signed;
                return isSigned && length == text.Length - 1 ? null : "invalid number: an integer of 64 bits is expected before the i";
            case (byte)'u':
                var isUnsigned = Utf8Parser.TryParse(text, out ulong unsigned, out length);
                value = unsigned;
                return isUnsigned && length == text.Length - 1 ? null : "invalid number: an unsigned integer of 64 bits is expected before the u";
            default:
                return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
                    ? null
                    : "invalid number";
        }
    }

    /// <summary>Reads what nearly all values are: a decimal of few digits.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var start = text[0] == '-' ? 1 : 0;
        if (text.Length - start is 0 or > MostExactDigits + 1)
        {
            return false;
        }

        long whole = 0;
        var (digits, point) = (0, -1);
        for (var i = start; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                whole = (whole * 10) + digit;
                digits++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = digits;
            }
            else
            {
                return false;
            }
        }

        if (digits is 0 or > MostExactDigits)
        {
            return false;
        }

        value = point < 0 ? whole : whole / Powers[digits - point];
        value = start == 0 ? value : -value;
        return true;
    }

    private static string? ReadWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> unsigned, ref double value)
    {
        if (text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8) || text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8))
        {
            value = 1;
            return null;
        }

        if (text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8) || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8))
        {
            value = 0;
            return null;
        }

        unsigned = text[0] == '+' ? text[1..] : unsigned;
        value = double.NaN;
        return Ascii.EqualsIgnoreCase(unsigned, "nan"u8) || Ascii.EqualsIgnoreCase(unsigned, "inf"u8) || Ascii.EqualsIgnoreCase(unsigned, "infinity"u8)
            ? null
            : "invalid field value: a number, true, false or a text in double quotes is expected";
    }
}
