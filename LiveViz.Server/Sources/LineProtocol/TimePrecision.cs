namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>The unit of timestamps in line protocol: its length in nanoseconds.</summary>
internal enum TimePrecision : long
{
    Nanoseconds = 1,
    Microseconds = 1_000,
    Milliseconds = 1_000_000,
    Seconds = 1_000_000_000,
    Minutes = 60_000_000_000,
    Hours = 3_600_000_000_000,
}
