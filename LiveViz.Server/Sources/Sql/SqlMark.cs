using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Sql;

/// <summary>How far a table was read: the value of the mark's column in the last row.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its value, exact, as it is kept over a restart.</param>
internal readonly record struct SqlMark(SqlMarkKind Kind, string Text)
{
    /// <summary>The value to give the database.</summary>
    public object Value => Kind switch
    {
        SqlMarkKind.Integer => long.Parse(Text, CultureInfo.InvariantCulture),
        SqlMarkKind.Decimal => decimal.Parse(Text, CultureInfo.InvariantCulture),
        SqlMarkKind.Real => double.Parse(Text, CultureInfo.InvariantCulture),
        SqlMarkKind.Instant or SqlMarkKind.Clock => DateTime.Parse(Text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => Text,
    };

    /// <summary>The mark that a row has.</summary>
    /// <exception cref="InvalidDataException">It has none, or one that cannot be compared.</exception>
    public static SqlMark Of(object? value) => value switch
    {
        long or int or short or byte => new(SqlMarkKind.Integer, Convert.ToString(value, CultureInfo.InvariantCulture)!),
        decimal number => new(SqlMarkKind.Decimal, number.ToString(CultureInfo.InvariantCulture)),
        double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && !double.IsNaN(number) =>
            new(SqlMarkKind.Real, number.ToString("R", CultureInfo.InvariantCulture)),
        DateTime { Kind: DateTimeKind.Unspecified } clock => new(SqlMarkKind.Clock, clock.ToString("O", CultureInfo.InvariantCulture)),
        DateTime instant => new(SqlMarkKind.Instant, instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)),
        string text => new(SqlMarkKind.Text, text),
        null or DBNull => throw new InvalidDataException("a row has no mark; leave such rows out in the query"),
        _ => throw new InvalidDataException($"the mark is a {value.GetType().Name}; it must be a number or a time"),
    };

    /// <summary>What is less than every mark of a kind.</summary>
    public static SqlMark Lowest(SqlMarkKind kind) => new(kind, kind switch
    {
        SqlMarkKind.Integer => long.MinValue.ToString(CultureInfo.InvariantCulture),
        SqlMarkKind.Decimal => decimal.MinValue.ToString(CultureInfo.InvariantCulture),
        SqlMarkKind.Real => "-Infinity",
        // What Npgsql takes for the database's -infinity.
        SqlMarkKind.Instant => DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture),
        SqlMarkKind.Clock => DateTime.MinValue.ToString("O", CultureInfo.InvariantCulture),
        _ => "",
    });

    /// <summary>Reads one that a person wrote, for a column that may hold anything.</summary>
    public static SqlMark Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? Of(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Of(number)
        : Of(text);

    /// <summary>Reads one that a person wrote.</summary>
    /// <exception cref="FormatException">It is none of this kind.</exception>
    public static SqlMark Parse(SqlMarkKind kind, string text)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return kind switch
        {
            SqlMarkKind.Text => new(kind, text),
            SqlMarkKind.Instant or SqlMarkKind.Clock => IsoTime.TryParse(text, out var time)
                ? Of(kind == SqlMarkKind.Clock ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : time)
                : throw new FormatException("a time such as 2026-01-02T03:04:05Z"),
            SqlMarkKind.Integer when isNumber && decimal.Floor(number) == number && number is >= long.MinValue and <= long.MaxValue => Of((long)number),
            SqlMarkKind.Decimal when isNumber => Of(number),
            SqlMarkKind.Real when isNumber => Of((double)number),
            _ => throw new FormatException("a number"),
        };
    }

    /// <summary>Whether this one follows on another, or is the same.</summary>
    public bool IsAtLeast(SqlMark other) => Kind switch
    {
        _ when Kind != other.Kind => false,
        SqlMarkKind.Text => string.CompareOrdinal(Text, other.Text) >= 0,
        _ => ((IComparable)Value).CompareTo(other.Value) >= 0,
    };
}
