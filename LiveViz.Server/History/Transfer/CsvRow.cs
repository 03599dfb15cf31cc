using System.Buffers;
using System.Globalization;
using System.Text;

namespace LiveViz.Server.History.Transfer;

/// <summary>Writes the cells of CSV rows: comma, point, times to 100 ns, values so that the very same is read back.</summary>
internal sealed class CsvRow(IBufferWriter<byte> output)
{
    // A time takes 28 bytes, a value 24 at most, a count 20.
    private const int LongestNumber = 32;

    private static readonly SearchValues<char> ToBeQuoted = SearchValues.Create(",;\t\"");

    /// <summary>A text as it stands in a cell.</summary>
    public static byte[] Cell(string text) =>
        Encoding.UTF8.GetBytes(text.AsSpan().ContainsAny(ToBeQuoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);

    /// <summary>A quality as it stands in a cell.</summary>
    public static ReadOnlySpan<byte> Word(Quality quality) => quality switch
    {
        Quality.Good => "Good"u8,
        Quality.Uncertain => "Uncertain"u8,
        _ => "Bad"u8,
    };

    /// <summary>A cell with a time.</summary>
    public void Time(long ticks)
    {
        var span = output.GetSpan(LongestNumber);
        new DateTime(ticks, DateTimeKind.Utc).TryFormat(span, out var written, "O", CultureInfo.InvariantCulture);
        Next(span, written);
    }

    /// <summary>A cell with a value; an empty one where there is none.</summary>
    public void Number(double value)
    {
        var span = output.GetSpan(LongestNumber);
        var written = 0;
        if (!double.IsNaN(value))
        {
            value.TryFormat(span, out written, "R", CultureInfo.InvariantCulture);
        }

        Next(span, written);
    }

    /// <summary>A cell with a count.</summary>
    public void Count(long count)
    {
        var span = output.GetSpan(LongestNumber);
        count.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        Next(span, written);
    }

    /// <summary>A whole row of an export.</summary>
    public void Sample(ReadOnlySpan<byte> sensor, long ticks, double value, Quality quality)
    {
        Time(ticks);
        Text(sensor);
        Number(value);
        End(Word(quality));
    }

    /// <summary>A cell with a text that <see cref="Cell"/> made.</summary>
    private void Text(ReadOnlySpan<byte> cell)
    {
        output.Write(cell);
        output.Write(","u8);
    }

    /// <summary>The last cell of a row.</summary>
    public void End(ReadOnlySpan<byte> cell)
    {
        output.Write(cell);
        output.Write("\n"u8);
    }

    private void Next(Span<byte> span, int written)
    {
        span[written] = (byte)',';
        output.Advance(written + 1);
    }
}
