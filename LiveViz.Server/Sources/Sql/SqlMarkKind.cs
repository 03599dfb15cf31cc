namespace LiveViz.Server.Sources.Sql;

/// <summary>What a mark is.</summary>
internal enum SqlMarkKind
{
    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>An exact number.</summary>
    Decimal,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>A time that says where in the world it is.</summary>
    Instant,

    /// <summary>A time that does not.</summary>
    Clock,

    /// <summary>A text, as SQLite keeps its times.</summary>
    Text,
}
