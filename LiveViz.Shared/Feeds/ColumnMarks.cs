namespace LiveViz.Feeds;

/// <summary>The byte at the head of a column in an encoded frame.</summary>
[Flags]
internal enum ColumnMarks : byte
{
    None = 0,

    /// <summary>The sensor's id follows: its number may be used for the first time in this stream.</summary>
    Named = 1,

    /// <summary>The sensor is stale.</summary>
    Stale = 2,

    /// <summary>The column ends with the newest sample.</summary>
    HasLatest = 4,

    /// <summary>The newest sample is the last of the column: only when it was received is written.</summary>
    LatestIsLast = 8,

    /// <summary>The column begins where the sensor's last one ended, and does not say where.</summary>
    Continues = 16,

    /// <summary>Samples before it are not given: how many, and why, follows.</summary>
    HasGap = 32,

    /// <summary>Some of its samples came too late for their place: how many follows.</summary>
    HasLate = 64,

    /// <summary>Its times are those of the column before it in the frame, and are not written.</summary>
    SameTimes = 128,
}
