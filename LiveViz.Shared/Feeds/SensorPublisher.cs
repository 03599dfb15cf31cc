using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Feeds;

/// <summary>Publishes a program's samples to a LiveViz server.</summary>
public static class SensorPublisher
{
    // Some 30 KiB: well below what a server takes in one message, and nothing is gained by more.
    private const int MostTogether = 500;

    /// <summary>
    /// Sends samples as they come, those that are there at once together, and says for each lot what became of it as
    /// soon as the server has stored it. To be enumerated: <c>await foreach (var result in SensorPublisher.PublishAsync(…))</c>.
    /// </summary>
    /// <param name="server">Address of the LiveViz server, such as <c>http://localhost:5000</c>.</param>
    /// <param name="points">The samples; not asked for faster than the server takes them.</param>
    /// <param name="configure">Last word on the HTTP connection: headers, access token, certificates, transports.</param>
    /// <param name="cancellationToken">Ends it; what is not acknowledged by then may be stored or not.</param>
    /// <returns>
    /// What became of each lot, in their order: <see cref="PublishResult.Stored"/> and <see cref="PublishResult.Refused"/>
    /// of all of them together say how many of the first samples need not be sent again. Where the connection is lost,
    /// or the server cannot store, it throws, and all others are for the caller to send again.
    /// </returns>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="Microsoft.AspNetCore.SignalR.HubException">The server does not take samples, or cannot store them now; the message says why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the connection was lost.</exception>
    public static async IAsyncEnumerable<PublishResult> PublishAsync(
        string server,
        IAsyncEnumerable<DataPoint> points,
        Action<HttpConnectionOptions>? configure = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(new Uri(server), "/hubs/sensors"), http => configure?.Invoke(http))
            .AddMessagePackProtocol()
            .Build();
        await hub.StartAsync(cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = Channel.CreateBounded<DataPoint>(MostTogether);
        var collecting = CollectAsync(points, waiting.Writer, ending.Token);
        try
        {
            await foreach (var result in hub.StreamAsync<PublishResult>("PublishBatches", TogetherAsync(waiting.Reader), ending.Token))
            {
                yield return result;
            }

            // What the samples' own source has thrown, once all that came before it is stored.
            await collecting;
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private static async Task CollectAsync(IAsyncEnumerable<DataPoint> points, ChannelWriter<DataPoint> into, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var point in points.WithCancellation(cancellationToken))
            {
                await into.WriteAsync(point, cancellationToken);
            }
        }
        finally
        {
            into.TryComplete();
        }
    }

    private static async IAsyncEnumerable<DataPoint[]> TogetherAsync(ChannelReader<DataPoint> points)
    {
        var together = new List<DataPoint>(MostTogether);
        while (await points.WaitToReadAsync())
        {
            while (together.Count < MostTogether && points.TryRead(out var point))
            {
                together.Add(point);
            }

            yield return [.. together];
            together.Clear();
        }
    }
}
