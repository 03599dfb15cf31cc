using System.Text;
using LiveViz.Feeds;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Sources.Push;

public sealed class HubPublishTests(PushServer server) : IClassFixture<PushServer>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_says_at_the_end_what_became_of_the_samples(bool messagePack)
    {
        await using var connection = await HubClient.ConnectAsync(server.Server.Address, messagePack);
        var sensor = $"published-{messagePack}";

        var result = await connection.InvokeAsync<PublishResult>("Publish", PointsAsync(
            new(sensor, DateTime.UtcNow, 1), new("", DateTime.UtcNow, 2), new(sensor, new DateTime(1969, 1, 1), 3), new(sensor, DateTime.UtcNow, null), new(sensor, DateTime.UtcNow, 5)));

        Assert.Equal((3, 2), (result.Stored, result.Refused));
        Assert.Equal([2, 3], result.Rejections.Select(rejection => (int)rejection.Number));
        Assert.Equal("sensor \"\" has no id", result.Rejections[0].Problem);
        Assert.StartsWith($"sensor \"{sensor}\" has a time before 1970: 1969-01-01T00:00:00", result.Rejections[1].Problem, StringComparison.Ordinal);
        Assert.Equal((5, 3), ((await server.NewestAsync(sensor)).Value, (await server.NewestAsync(sensor)).Sequence));
        Assert.True((await server.StatusAsync("Hub")).Accepted >= 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PublishBatches_answers_each_batch_before_the_next_is_sent(bool messagePack)
    {
        await using var connection = await HubClient.ConnectAsync(server.Server.Address, messagePack);
        var sensor = $"batched-{messagePack}";
        var answered = new SemaphoreSlim(1);
        var results = new List<PublishResult>();

        await foreach (var result in connection.StreamAsync<PublishResult>("PublishBatches", BatchesAsync()))
        {
            results.Add(result);
            Assert.Equal(results.Count, (await server.NewestAsync(sensor)).Value);
            answered.Release();
        }

        Assert.Equal([1, 2, 3], results.Select(result => (int)result.Stored));
        Assert.Equal([(1, 1L), (1, 1L), (1, 1L)], results.Select(result => (result.Rejections.Count, result.Rejections[0].Number)));

        async IAsyncEnumerable<DataPoint[]> BatchesAsync()
        {
            for (var i = 1; i <= 3; i++)
            {
                await answered.WaitAsync();
                yield return [new("..", DateTime.UtcNow, 0), .. Enumerable.Repeat(new DataPoint(sensor, DateTime.UtcNow, i), i)];
            }
        }
    }

    [Fact]
    public async Task Publisher_sends_all_and_counts_what_is_stored()
    {
        long stored = 0, refused = 0;
        await foreach (var result in SensorPublisher.PublishAsync(server.Server.Address.ToString(), PointsAsync(
            [.. Enumerable.Range(0, 5000).Select(i => new DataPoint("publisher", DateTime.UtcNow, i % 100 == 0 ? double.NaN : i)), new("x\n", DateTime.UtcNow, 1)])))
        {
            stored += result.Stored;
            refused += result.Refused;
        }

        var newest = await server.NewestAsync("publisher");
        Assert.Equal((5000, 1, 4999.0, 5000), (stored, refused, newest.Value, newest.Sequence));
    }

    [Fact]
    public async Task Publisher_passes_on_what_the_samples_throw_once_those_before_are_stored()
    {
        long stored = 0;
        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in SensorPublisher.PublishAsync(server.Server.Address.ToString(), FailingAsync()))
            {
                stored += result.Stored;
            }
        });

        Assert.Equal(("the device is gone", 10, 10), (failure.Message, stored, (await server.NewestAsync("failing")).Sequence));

        static async IAsyncEnumerable<DataPoint> FailingAsync()
        {
            for (var i = 0; i < 10; i++)
            {
                yield return new DataPoint("failing", DateTime.UtcNow, i);
            }

            await Task.Yield();
            throw new InvalidDataException("the device is gone");
        }
    }

    [Fact]
    public async Task Publisher_whose_server_is_killed_knows_how_many_are_stored()
    {
        await using var other = await LiveVizServer.StartAsync();
        var isUp = true;
        long stored = 0;

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var result in SensorPublisher.PublishAsync(other.Address.ToString(), EndlessAsync()))
            {
                stored += result.Stored;
                if (stored > 100 && isUp)
                {
                    isUp = false;
                    await other.KillAsync();
                }
            }
        });

        Assert.True(stored > 100);
        await other.StartAsync();

        async IAsyncEnumerable<DataPoint> EndlessAsync()
        {
            for (var i = 0; isUp; i++)
            {
                await Task.Yield();
                yield return new DataPoint("endless", DateTime.UtcNow, i);
            }
        }
    }

    [Fact]
    public async Task Uploads_count_as_streams_of_the_connection()
    {
        await using var other = await LiveVizServer.StartAsync("LiveViz:Limits:StreamsPerConnection=1");
        await using var connection = await HubClient.ConnectAsync(other.Address);
        var release = new TaskCompletionSource();
        var reading = new TaskCompletionSource();
        var first = connection.InvokeAsync<PublishResult>("Publish", HeldAsync());
        await reading.Task;

        var refusal = await Assert.ThrowsAsync<HubException>(async () =>
        {
            // The first counts from when the server begins to read it.
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                await connection.InvokeAsync<PublishResult>("Publish", AsyncEnumerable.Empty<DataPoint>(), patience.Token);
            }
        });

        Assert.Contains("LiveViz:Limits:StreamsPerConnection", refusal.Message, StringComparison.Ordinal);
        release.SetResult();
        Assert.Equal(1, (await first).Stored);

        async IAsyncEnumerable<DataPoint> HeldAsync()
        {
            yield return new DataPoint("held", DateTime.UtcNow, 1);
            reading.SetResult();
            await release.Task;
        }
    }

    [Fact]
    public async Task Hostile_samples_leave_the_neighbours_alone()
    {
        await using var hostile = await HubClient.ConnectAsync(server.Server.Address, messagePack: true);
        await using var good = await HubClient.ConnectAsync(server.Server.Address);
        var random = new Random(1);
        long answered = 0;
        var attack = Task.Run(async () =>
        {
            await foreach (var result in hostile.StreamAsync<PublishResult>("PublishBatches", HostileAsync()))
            {
                answered += result.Stored + result.Refused;
            }
        });

        var stored = await good.InvokeAsync<PublishResult>("Publish", PointsAsync([.. Enumerable.Range(0, 1000).Select(i => new DataPoint("good", DateTime.UtcNow, i))]));
        await attack;

        Assert.Equal((1000, 1000), (stored.Stored, (await server.NewestAsync("good")).Sequence));
        Assert.Equal(FuzzRuns.Count, answered);
        Assert.Equal((HubConnectionState.Connected, HubConnectionState.Connected), (hostile.State, good.State));

        async IAsyncEnumerable<DataPoint[]> HostileAsync()
        {
            for (var sent = 0; sent < FuzzRuns.Count; sent += 1000)
            {
                await Task.Yield();
                yield return [.. Enumerable.Range(0, Math.Min(1000, FuzzRuns.Count - sent)).Select(_ => Hostile(random))];
            }
        }
    }

    [Fact]
    public async Task Damaged_messages_end_at_most_the_connection_that_sent_them()
    {
        await using var good = await HubClient.ConnectAsync(server.Server.Address);
        var random = new Random(1);
        for (var connection = 0; connection < 20; connection++)
        {
            using var socket = new System.Net.WebSockets.ClientWebSocket();
            await socket.ConnectAsync(new UriBuilder(new Uri(server.Server.Address, "/hubs/sensors")) { Scheme = "ws" }.Uri, CancellationToken.None);
            try
            {
                await SendAsync("{\"protocol\":\"json\",\"version\":1}");
                await SendAsync("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Publish\",\"arguments\":[],\"streamIds\":[\"s\"]}");
                for (var i = 0; i < 50; i++)
                {
                    var item = new StringBuilder("{\"sensorId\":\"damaged\",\"timestamp\":\"2026-03-01T12:00:00Z\",\"value\":1.5,\"quality\":\"Good\"}");
                    item[random.Next(item.Length)] = (char)random.Next(32, 127);
                    await SendAsync($"{{\"type\":2,\"invocationId\":\"s\",\"item\":{item}}}");
                }
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                // Closed by then, as what is no message of the protocol ends a connection.
            }

            Task SendAsync(string message) =>
                socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), System.Net.WebSockets.WebSocketMessageType.Text, true, CancellationToken.None);
        }

        Assert.Equal(1, (await good.InvokeAsync<PublishResult>("Publish", PointsAsync(new DataPoint("after-damage", DateTime.UtcNow, 1)))).Stored);
        Assert.Equal(1, (await server.NewestAsync("after-damage")).Value);
    }

    private static DataPoint Hostile(Random random)
    {
        var id = random.Next(6) switch
        {
            0 => "",
            1 => new string('x', random.Next(200, 400)),
            2 => "..",
            3 => $"\u0001{random.Next()}",
            4 => "good",
            _ => $"hostile-{random.Next(50)}",
        };
        // The neighbour's sensor belongs to the same source: its values are hostile only where they are refused.
        var time = id == "good" || random.Next(3) == 0
            ? random.Next(2) == 0 ? DateTime.MinValue : DateTime.MaxValue
            : DateTime.UtcNow.AddSeconds(random.Next(-100_000, 80_000));
        double? value = random.Next(5) switch
        {
            0 => double.NaN,
            1 => double.NegativeInfinity,
            2 => null,
            3 => BitConverter.Int64BitsToDouble(random.NextInt64()),
            _ => random.NextDouble(),
        };
        return new DataPoint(id, time, value, (Quality)random.Next(0, 256), random.NextInt64());
    }

    private static async IAsyncEnumerable<DataPoint> PointsAsync(params DataPoint[] points)
    {
        foreach (var point in points)
        {
            await Task.Yield();
            yield return point;
        }
    }
}
