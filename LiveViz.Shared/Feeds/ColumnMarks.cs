namespace LiveViz.Feeds;

/// <summary>The byte at the head of a column in an encoded frame.</summary>
[Flags]
internal enum ColumnMarks : byte
{
    None = 0,

    /// <summary>The sensor's id follows: its number is used for the first time in this stream.</summary>
    Named = 1,

    /// <summary>The sensor is stale.</summary>
    Stale = 2,

    /// <summary>The column ends with the newest sample.</summary>
    HasLatest = 4,

    /// <summary>The newest sample is the last of the column: only when it was received is written.</summary>
    LatestIsLast = 8,
}
