using LiveViz.Sources;

namespace LiveViz.Feeds;

/// <summary>How components get at sensors and their samples, wherever these are.</summary>
public interface ISensorFeed
{
    /// <summary>How the connection to the server stands.</summary>
    FeedConnection Connection { get; }

    /// <summary>Raised when <see cref="Connection"/> has changed, on any thread.</summary>
    event Action? ConnectionChanged;

    /// <summary>Every sensor known now.</summary>
    Task<IReadOnlyList<Sensor>> GetSensorsAsync(CancellationToken cancellationToken = default);

    /// <summary>How each source is doing.</summary>
    Task<IReadOnlyList<SourceStatus>> GetSourcesAsync(CancellationToken cancellationToken = default);

    /// <summary>How the server is doing.</summary>
    Task<ServerStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>A span of the past as one frame, as far as the server still holds it.</summary>
    /// <param name="request">Which sensors, from when to when, and how finely.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="FeedRefusedException">The server does not serve this request; the message says why.</exception>
    Task<Frame> GetSpanAsync(SpanRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Frames for as long as they are read, across lost connections and restarts of the server. After a break they go
    /// on with what was missed, each sample once; what the server no longer has is stated as a gap
    /// (<see cref="FrameColumn.Gap"/>). After a restart of the server the first frame is a refill: nothing is spliced.
    /// </summary>
    /// <param name="request">Which sensors, how much of the past, how finely and how often.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="FeedRefusedException">The server does not serve this request; the message says why.</exception>
    IAsyncEnumerable<Frame> ReadFramesAsync(FrameRequest request, CancellationToken cancellationToken = default);
}
