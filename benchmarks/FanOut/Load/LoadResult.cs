namespace LiveViz.FanOut.Load;

/// <summary>What the load tool saw, as it reports it to the program that started it.</summary>
internal sealed record LoadResult
{
    /// <summary>How long connecting all of them took.</summary>
    public required double ConnectSeconds { get; init; }

    /// <summary>Whether every sampled client had been told the past it asked for when the measurement began.</summary>
    public required bool IsPastTold { get; init; }

    /// <summary>How long was measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Clients that read until the end.</summary>
    public required int Reading { get; init; }

    /// <summary>Clients that were to read and were closed by the server.</summary>
    public required int ClosedWhileReading { get; init; }

    /// <summary>Points that a sampled client was told, on average.</summary>
    public required double PointsPerClient { get; init; }

    /// <summary>Samples that these stand for.</summary>
    public required double CoveredPerClient { get; init; }

    /// <summary>Bytes that a sampled client received, on average, and one of the others.</summary>
    public required double BytesPerSampled { get; init; }

    public required double BytesPerOther { get; init; }

    /// <summary>WebSocket messages a client received, on average.</summary>
    public required double MessagesPerClient { get; init; }

    /// <summary>Samples that a sampled client was not told of, from its first on.</summary>
    public required long Lost { get; init; }

    /// <summary>Samples that a sampled client was told of twice.</summary>
    public required long Repeated { get; init; }

    /// <summary>In milliseconds.</summary>
    public required double Latency50 { get; init; }

    public required double Latency99 { get; init; }

    /// <summary>The longest time without points at any sampled client, in milliseconds.</summary>
    public required double WorstGap { get; init; }

    public required double ServerCpuSeconds { get; init; }

    public required double LoadCpuSeconds { get; init; }

    /// <summary>The server's resident memory before the first client and at the end.</summary>
    public required long MemoryBefore { get; init; }

    public required long MemoryAfter { get; init; }

    /// <summary>After how many seconds each stalled client was closed; null where it was not.</summary>
    public required IReadOnlyCollection<double?> StalledClosedAfter { get; init; }
}
