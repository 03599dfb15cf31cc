using System.Runtime.InteropServices;
using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Writes a column of values in the fewest bytes that give them back bit for bit. A sensor sends decimals of some
/// places far more often than not; the double nearest to one is the whole number divided by the power of ten, which
/// is rounded correctly (as in ALP: Afroozeh et al., SIGMOD 2023), so the whole numbers, and of these the
/// differences, say it all. What is not such is written as it is.
/// </summary>
internal static class ValueWriter
{
    // Whole numbers that a double tells apart from their neighbours.
    private const double MostWhole = 1L << 53;

    /// <summary>Writes the values, with the byte that says how.</summary>
    /// <param name="into">Where.</param>
    /// <param name="values">At least one.</param>
    /// <param name="single">Whether 32 bits will do.</param>
    public static void Write(ByteWriter into, ReadOnlySpan<double> values, bool single)
    {
        if (Decimals(values) is { } decimals && DecimalLength(values, decimals) < values.Length * (single ? sizeof(float) : sizeof(double)))
        {
            into.Byte(decimals);
            long before = 0;
            foreach (var value in values)
            {
                var whole = (long)Math.Round(value * ValueForm.Powers[decimals]);
                into.VarInt(whole - before);
                before = whole;
            }
        }
        else if (single && FitInSingle(values))
        {
            into.Byte(ValueForm.Single);
            foreach (var value in values)
            {
                var narrow = (float)value;
                into.Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in narrow)));
            }
        }
        else
        {
            into.Byte(ValueForm.Double);
            into.Bytes(MemoryMarshal.AsBytes(values));
        }
    }

    /// <summary>Whether no finite value becomes infinite.</summary>
    private static bool FitInSingle(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (Math.Abs(value) > float.MaxValue && double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The fewest decimals with which every value is written exactly; null where none will do.</summary>
    private static byte? Decimals(ReadOnlySpan<double> values)
    {
        byte decimals = 0;
        foreach (var value in values)
        {
            while (!IsExact(value, decimals))
            {
                if (++decimals > ValueForm.MostDecimals)
                {
                    return null;
                }
            }
        }

        // A value exact with fewer may not be with more, once it is large.
        foreach (var value in values)
        {
            if (!IsExact(value, decimals))
            {
                return null;
            }
        }

        return decimals;
    }

    private static bool IsExact(double value, byte decimals)
    {
        var power = ValueForm.Powers[decimals];
        var whole = Math.Round(value * power);
        // By bits, as −0 is equal to 0; NaN and the infinities fail the first test.
        return Math.Abs(whole) < MostWhole
            && BitConverter.DoubleToInt64Bits((long)whole / power) == BitConverter.DoubleToInt64Bits(value);
    }

    private static int DecimalLength(ReadOnlySpan<double> values, byte decimals)
    {
        var length = 0;
        long before = 0;
        foreach (var value in values)
        {
            var whole = (long)Math.Round(value * ValueForm.Powers[decimals]);
            length += ByteWriter.VarIntLength(whole - before);
            before = whole;
        }

        return length;
    }
}
