namespace LiveViz.Server.Sources.Payloads;

/// <summary>What a time that is a number counts since 1970-01-01T00:00Z.</summary>
internal enum TimeUnit
{
    /// <summary>Recognised by its size: seconds below 10^11, milliseconds below 10^14, microseconds below 10^17, else nanoseconds.</summary>
    Auto,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Microseconds.</summary>
    Microseconds,

    /// <summary>Nanoseconds; what is finer than 100 ns is cut off.</summary>
    Nanoseconds,
}
