using System.Reflection;
using System.Runtime.CompilerServices;
using LiveViz.Server.History;
using LiveViz.Server.Security;
using LiveViz.Server.Sources;
using LiveViz.Server.Sources.Push;
using LiveViz.Sources;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace LiveViz.Server.Streaming;

/// <summary>What clients call, at <c>/hubs/sensors</c>, over JSON or MessagePack.</summary>
internal sealed class SensorHub(
    SensorLog log, FrameChannels channels, StreamMetrics metrics, SourceSupervisor sources, HubClients clients,
    Historian historian, SpanReader spans, StreamLimit streams, HubDoor door, TimeProvider time) : Hub
{
    private const int MostSensorsNamed = 2_000;
    private const double LongestWindowSeconds = 7 * 24 * 3600;

    private static readonly string Version =
        typeof(SensorHub).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Every sensor known now, in the order in which they became known.</summary>
    public Sensor[] GetSensors() => [.. log.All.Select(series => series.Sensor)];

    /// <summary>How each source is doing.</summary>
    public SourceStatus[] GetSources() => [.. sources.Status];

    /// <summary>How the server is doing.</summary>
    public ServerStatus GetStatus() => new()
    {
        Version = Version,
        Epoch = log.Epoch,
        Time = time.GetUtcNow().UtcDateTime,
        Sensors = log.All.Length,
        Clients = clients.Count,
        Appended = log.Appended,
        Transport = Context.Features.Get<IHttpTransportFeature>()?.TransportType.ToString() ?? "",
        History = historian.Status,
    };

    /// <summary>Samples one by one: the newest of each sensor, then every new one.</summary>
    /// <param name="sensorIds">Whose; null or empty for every sensor.</param>
    /// <param name="cancellationToken">Cancelled when the client stops the stream or is gone.</param>
    public IAsyncEnumerable<DataPoint> Stream(string[]? sensorIds, CancellationToken cancellationToken)
    {
        Check(sensorIds);
        return streams.Count(Context, new PointStream(log, time, sensorIds).ReadAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Samples as columns, many to a frame, reduced to what the caller can show; see docs/frames.md.</summary>
    /// <param name="request">Which sensors, how much of the past, how finely and how often.</param>
    /// <param name="cancellationToken">Cancelled when the client stops the stream or is gone.</param>
    public IAsyncEnumerable<byte[]> StreamFrames(FrameRequest? request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new HubException("The request is missing; send one, such as { \"windowSeconds\": 60, \"width\": 800, \"framesPerSecond\": 20 }.");
        }

        Check(request.SensorIds);
        Check(request.WindowSeconds is >= 0 and <= LongestWindowSeconds, "windowSeconds", request.WindowSeconds, $"0 to {LongestWindowSeconds}");
        Check(request.Width is >= 0 and <= 32768, "width", request.Width, "0 (every sample) to 32768 (pixels)");
        Check(request.FramesPerSecond is >= 0.1 and <= 60, "framesPerSecond", request.FramesPerSecond, "0.1 to 60");
        Check(
            request.Resume is not { } resume || (resume.Sensors is { } numbers && resume.Next is { } next && numbers.Length == next.Length),
            "resume", "incomplete", "as many of next as of sensors");
        return streams.Count(Context, new FrameSubscription(channels, log, time, metrics, request).ReadAsync(cancellationToken), cancellationToken);
    }

    /// <summary>A span of the past as one frame, as far as the server still holds it; see docs/frames.md.</summary>
    /// <param name="request">Which sensors, from when to when, and how finely.</param>
    public Task<byte[]> GetSpan(SpanRequest? request)
    {
        if (request is null)
        {
            throw new HubException("The request is missing; send one, such as { \"from\": \"2026-01-31T12:00:00Z\", \"to\": \"2026-01-31T12:05:00Z\", \"width\": 800 }.");
        }

        Check(request.SensorIds);
        Check(request.Width is >= 0 and <= 32768, "width", request.Width, "0 (every sample) to 32768 (pixels)");
        Check(request.To > request.From, "to", request.To.ToString("O"), "times after from");
        return spans.ReadAsync(request, Context.ConnectionAborted);
    }

    /// <summary>Takes samples in, one by one, until the caller ends the stream.</summary>
    /// <param name="points">The samples.</param>
    /// <returns>What became of them, once all that were taken in are stored.</returns>
    public async Task<PublishResult> Publish(IAsyncEnumerable<DataPoint> points)
    {
        CheckDoor();
        var report = new PushReport();
        await foreach (var point in streams.Count(Context, points, Context.ConnectionAborted))
        {
            door.Take([point], report.Accepted + report.Refused, report);
        }

        await StoredAsync(Context.ConnectionAborted);
        return report.AsResult();
    }

    /// <summary>Takes samples in, many at a time, and says of each batch what became of it, once it is stored.</summary>
    /// <param name="batches">The samples.</param>
    /// <param name="cancellationToken">Cancelled when the client stops the stream or is gone.</param>
    /// <returns>An answer for each batch, in their order.</returns>
    public IAsyncEnumerable<PublishResult> PublishBatches(IAsyncEnumerable<DataPoint[]> batches, CancellationToken cancellationToken)
    {
        CheckDoor();
        return streams.Count(Context, TakeBatchesAsync(batches, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        clients.Joined();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        clients.Left();
        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<PublishResult> TakeBatchesAsync(
        IAsyncEnumerable<DataPoint[]> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            var report = new PushReport();
            door.Take(batch, 0, report);
            await StoredAsync(cancellationToken);
            yield return report.AsResult();
        }
    }

    private async Task StoredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await door.StoredAsync(cancellationToken);
        }
        catch (HistoryException e)
        {
            throw new HubException($"The samples are not stored: {e.Message}. Send all that were not acknowledged again later.");
        }
    }

    private void CheckDoor()
    {
        if (!door.IsEnabled)
        {
            throw new HubException("Samples cannot be published here: the source of type Hub is not Enabled in LiveViz:Sources.");
        }
    }

    private void Check(IReadOnlyCollection<string>? sensorIds)
    {
        Check(sensorIds is null || sensorIds.Count <= MostSensorsNamed, "sensorIds", sensorIds?.Count, $"up to {MostSensorsNamed} ids, or none for every sensor");
        foreach (var id in sensorIds ?? [])
        {
            // One that history brought along from before an id such as it was refused can still be read.
            if (Intake.IdProblem(id) is { } problem && !(id is not null && log.TryGet(id, out _)))
            {
                throw new HubException($"sensorIds has one that {problem}.");
            }
        }
    }

    private static void Check(bool allowed, string name, object? value, string range)
    {
        if (!allowed)
        {
            throw new HubException(FormattableString.Invariant($"{name} is {value}; allowed are {range}."));
        }
    }
}
