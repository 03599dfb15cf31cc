namespace LiveViz.Server.Sources.Sql;

/// <summary>Which database is asked.</summary>
internal enum SqlProvider
{
    /// <summary>PostgreSQL.</summary>
    Postgres,

    /// <summary>A file of SQLite.</summary>
    Sqlite,
}
