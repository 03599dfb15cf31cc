namespace LiveViz.Server.History;

/// <summary>Where history is kept.</summary>
public enum HistoryStoreKind
{
    /// <summary>In a file, with SQLite.</summary>
    Sqlite,

    /// <summary>In a PostgreSQL database.</summary>
    Postgres,

    /// <summary>Nowhere: what the log in memory no longer holds is gone, and a restart forgets all.</summary>
    None,
}
