namespace LiveViz.Server.Processing;

/// <summary>In what time a change is told.</summary>
internal enum RateUnit
{
    /// <summary>In a second.</summary>
    Second = 1,

    /// <summary>In a minute.</summary>
    Minute = 60,

    /// <summary>In an hour.</summary>
    Hour = 3600,
}
