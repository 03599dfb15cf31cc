using LiveViz.Feeds;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Hub;

/// <summary>Two hundred cuts of clients' connections while samples stream, each way of connecting.</summary>
public sealed class CutConnectionTests
{
    private const int Clients = 8;
    private const int CutsEach = 25;

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Cut_connection_loses_no_sample_and_doubles_none(HttpTransportType transport)
    {
        await using var server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Rate=100", "LiveViz:Limits:ConnectionsPerAddress=1000");

        var ends = await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => ReadThroughCutsAsync(server, transport, seed: i)));

        // Every sensor was read to the end, by every client.
        Assert.All(ends, sensors => Assert.True(sensors >= 24, $"{sensors} sensors"));
    }

    /// <summary>Reads frames while the connection is cut again and again, and checks every sequence.</summary>
    /// <returns>How many sensors it was given samples of after the last cut.</returns>
    private static async Task<int> ReadThroughCutsAsync(LiveVizServer server, HttpTransportType transport, int seed)
    {
        await using var network = new NetworkBetween(server.Address);
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddLiveViz(feed =>
            {
                feed.Server = network.Address;
                feed.ConfigureConnection = http => http.Transports = transport;
            })
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var random = new Random(seed);
        // Every sample for one half of the clients, envelopes for the other.
        var isReduced = seed % 2 == 1;
        var request = new FrameRequest { WindowSeconds = 60, Width = isReduced ? 600 : 0, FramesPerSecond = 20 };
        var next = new Dictionary<string, long>();
        var sinceLastCut = new HashSet<string>();
        var cuts = 0;
        var cutAt = random.Next(1, 10);
        var frames = 0;
        await foreach (var frame in scope.ServiceProvider.GetRequiredService<ISensorFeed>().ReadFramesAsync(request, patience.Token))
        {
            Assert.Equal(frames == 0, frame.IsRefill);
            foreach (var column in frame.Columns)
            {
                Assert.Null(column.Gap);
                Assert.Equal(next.GetValueOrDefault(column.SensorId, column.First), column.First);
                Assert.Equal(isReduced ? column.Sequences : [.. Enumerable.Range(0, (int)column.Covered).Select(n => column.First + n)], column.Sequences);
                next[column.SensorId] = column.First + column.Covered;
                sinceLastCut.Add(column.SensorId);
            }

            if (++frames == cutAt && cuts < CutsEach)
            {
                cuts++;
                cutAt = frames + random.Next(1, 10);
                sinceLastCut.Clear();
                network.Cut();
                _ = Task.Delay(random.Next(0, 300), patience.Token).ContinueWith(_ => network.Mend(), TaskScheduler.Default);
            }
            else if (cuts == CutsEach && frames > cutAt + 20)
            {
                break;
            }
        }

        return sinceLastCut.Count;
    }
}
