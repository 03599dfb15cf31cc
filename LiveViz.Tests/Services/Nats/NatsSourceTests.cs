using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveViz.Server.Sources.Nats;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources;
using LiveViz.Tests.Sources.Payloads;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace LiveViz.Tests.Services.Nats;

[Trait("Category", "Services")]
public sealed class NatsSourceTests : IAsyncLifetime
{
    private readonly ListLogger<NatsSource> _logger = new();
    private NatsServer _server = null!;
    private NatsConnection _client = null!;

    private NatsJSContext JetStream => new(_client);

    public async Task InitializeAsync()
    {
        _server = await NatsServer.StartAsync();
        _client = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Messages_of_subjects_become_samples_named_by_their_tokens()
    {
        await using var run = new SourceRun(Source(options =>
        {
            options.Subjects = ["plant.*.temperature", "mill.>"];
            options.Sensor = "{2}/{subject}/{$.id}";
        }));
        var points = await PublishUntilReadAsync(run, "plant.pump-1.temperature", """{"id":"a","value":21.5,"timestamp":"2026-02-01T00:00:00Z","quality":"Uncertain"}""");
        points.AddRange(await PublishUntilReadAsync(run, "mill.x.y", """{"id":"b","value":1}""", sensor: "x/mill.x.y/b"));
        await _client.PublishAsync("plant.pump-1.pressure", """{"id":"no","value":1}""");
        await _client.PublishAsync("plant.pump-2.temperature", """{"id":"c","value":22}""");

        DataPoint last;
        do
        {
            last = (await run.TakeAsync(1))[0];
            points.Add(last);
        }
        while (!last.SensorId.EndsWith('c'));

        Assert.Contains(new DataPoint("pump-1/plant.pump-1.temperature/a", new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), 21.5, Quality.Uncertain), points);
        Assert.Contains(points, point => point is { SensorId: "x/mill.x.y/b", Value: 1 });
        Assert.Equal("pump-2/plant.pump-2.temperature/c", last.SensorId);
        Assert.DoesNotContain(points, point => point.SensorId.EndsWith("no", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_stream_is_acknowledged_that_is_not_stored_and_it_comes_again()
    {
        await CreateStreamAsync(count: 3);
        // The source's own, but for how soon the server sends again what is not acknowledged.
        await JetStream.CreateOrUpdateConsumerAsync("PLANT", new ConsumerConfig("liveviz-test")
        {
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = TimeSpan.FromSeconds(2),
        });
        var source = StreamSource();
        await using (var killed = new SourceRun(source))
        {
            Assert.Equal([1, 2, 3], (await killed.TakeAsync(3)).Select(point => point.Value));
            source.Committed(1);
            await AcknowledgedAsync(1);
        }

        await using var run = new SourceRun(StreamSource());

        Assert.Equal([2, 3], (await run.TakeAsync(2)).Select(point => point.Value).Order());
    }

    [Fact]
    public async Task What_the_server_sends_again_while_it_is_not_stored_yet_is_not_read_twice()
    {
        await CreateStreamAsync(count: 2);
        await JetStream.CreateOrUpdateConsumerAsync("PLANT", new ConsumerConfig("liveviz-test")
        {
            AckPolicy = ConsumerConfigAckPolicy.Explicit,
            AckWait = TimeSpan.FromSeconds(1),
        });
        var source = StreamSource();
        await using var run = new SourceRun(source);
        await run.TakeAsync(2);
        while ((await InfoAsync()).NumRedelivered < 2)
        {
            await Task.Delay(50);
        }

        await _client.PublishAsync("plant.a", """{"value":3}""");

        Assert.Equal(3, (await run.TakeAsync(1))[0].Value);
        source.Committed(3);
        await AcknowledgedAsync(3);
    }

    [Fact]
    public async Task What_is_stored_of_a_stream_is_acknowledged_and_does_not_come_again()
    {
        await CreateStreamAsync(count: 3);
        var source = StreamSource();
        await using (var first = new SourceRun(source))
        {
            await first.TakeAsync(3);
            Assert.Equal(3, (await InfoAsync()).NumAckPending);
            source.Committed(3);
            await AcknowledgedAsync(3);
        }

        await _client.PublishAsync("plant.a", """{"value":4}""");
        await using var second = new SourceRun(StreamSource());

        Assert.Equal(4, (await second.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Message_of_a_stream_that_cannot_be_read_is_counted_told_once_acknowledged_and_passed_over()
    {
        await CreateStreamAsync(count: 0);
        await _client.PublishAsync("plant.a", "poison");
        await _client.PublishAsync("plant.a", "");
        await _client.PublishAsync("plant.a", """[{"value":{}},{"value":1}]""");
        await _client.PublishAsync("plant.a", "poison");
        var source = StreamSource();
        await using var run = new SourceRun(source);

        Assert.Equal(1, (await run.TakeAsync(1))[0].Value);
        source.Committed(1);
        await AcknowledgedAsync(4);
        Assert.Equal(4, source.Rejected);
        var (_, message) = Assert.Single(_logger.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Contains("message 1 on plant.a is no JSON", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Beginning", 1)]
    [InlineData("2", 2)]
    public async Task New_consumer_of_a_stream_begins_where_it_is_told(string start, double first)
    {
        await CreateStreamAsync(count: 3);
        await using var run = new SourceRun(StreamSource(options => options.Start = start));

        Assert.Equal(first, (await run.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task New_consumer_of_a_stream_may_begin_with_a_time_or_with_what_comes_next()
    {
        await CreateStreamAsync(count: 2);
        var second = await (await JetStream.GetStreamAsync("PLANT")).GetAsync(new StreamMsgGetRequest { Seq = 2 });
        await using var timed = new SourceRun(StreamSource(options =>
        {
            options.Start = second.Message.Time.ToString("O", CultureInfo.InvariantCulture);
            options.Consumer = "timed";
        }));
        await using var next = new SourceRun(StreamSource(options =>
        {
            options.Start = "Now";
            options.Consumer = "next";
        }));
        await ConsumerAsync("next");
        await _client.PublishAsync("plant.a", """{"value":3}""");

        Assert.Equal(2, (await timed.TakeAsync(1))[0].Value);
        Assert.Equal(3, (await next.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Message_of_a_stream_without_a_time_has_the_one_at_which_the_stream_received_it()
    {
        await CreateStreamAsync(count: 1);
        var stored = await (await JetStream.GetStreamAsync("PLANT")).GetAsync(new StreamMsgGetRequest { Seq = 1 });
        var received = stored.Message.Time.UtcDateTime;

        await using var run = new SourceRun(StreamSource());

        Assert.Equal(received, (await run.TakeAsync(1))[0].Timestamp);
    }

    [Fact]
    public async Task Server_that_goes_down_is_said_and_read_from_again_when_it_is_back()
    {
        await CreateStreamAsync(count: 1);
        var source = StreamSource();
        await using (var run = new SourceRun(source))
        {
            await run.TakeAsync(1);
            source.Committed(1);
            await AcknowledgedAsync(1);
            await _server.StopAsync();
            var failure = await run.FailureAsync();
            Assert.Contains(_server.Url, failure, StringComparison.Ordinal);
            Assert.Contains("lost", failure, StringComparison.Ordinal);
        }

        await using (var again = new SourceRun(source))
        {
            Assert.Contains("check Url", await again.FailureAsync(), StringComparison.Ordinal);
        }

        await _server.StartAsync();
        await using var back = new SourceRun(source);
        await PublishUntilReadAsync(back, "plant.a", """{"value":2}""");
    }

    [Fact]
    public async Task Server_that_falls_silent_is_said()
    {
        await using var network = new NetworkBetween(new Uri(_server.Url.Replace("nats", "http", StringComparison.Ordinal)));
        await using var run = new SourceRun(Source(options => options.Url = $"nats://127.0.0.1:{network.Address.Port}"));
        await PublishUntilReadAsync(run, "plant.a", """{"value":1}""");

        network.Hold();

        Assert.Contains("lost", await run.FailureAsync(), StringComparison.Ordinal);
        network.Mend();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Encrypted_server_is_known_by_its_authority_and_shown_a_certificate(bool knowsAuthority, bool showsCertificate)
    {
        await using var server = await NatsServer.StartEncryptedAsync();
        await using var client = await server.ConnectAsync();
        var certificates = server.Certificates;
        await using var run = new SourceRun(Source(options =>
        {
            (options.Url, options.Tls) = (server.Url, true);
            options.CaFile = knowsAuthority ? certificates.CaFile : null;
            (options.CertificateFile, options.KeyFile) = showsCertificate ? (certificates.ClientFile, certificates.ClientKeyFile) : (null, null);
        }));

        if (knowsAuthority && showsCertificate)
        {
            Assert.Equal(2, (await PublishUntilReadAsync(run, "plant.a", """{"value":2}""", client))[0].Value);
        }
        else
        {
            Assert.Contains("check Url and Tls", await run.FailureAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Server_that_never_speaks_is_said()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var run = new SourceRun(Source(options => options.Url = $"nats://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

        Assert.Contains("check Url", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_that_cannot_be_resolved_is_said()
    {
        await using var run = new SourceRun(Source(options => options.Url = "nats://no-such-host.invalid:4222"));

        Assert.Contains("no-such-host.invalid", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_is_not_there_is_said()
    {
        await using var run = new SourceRun(StreamSource());

        Assert.Contains("no stream PLANT", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_that_is_deleted_is_said()
    {
        await CreateStreamAsync(count: 1);
        await using var run = new SourceRun(StreamSource());
        await run.TakeAsync(1);

        await JetStream.DeleteStreamAsync("PLANT");

        Assert.Contains("stream PLANT", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumer_that_is_not_acknowledged_is_refused()
    {
        await CreateStreamAsync(count: 1);
        await JetStream.CreateOrUpdateConsumerAsync("PLANT", new ConsumerConfig("liveviz-test") { AckPolicy = ConsumerConfigAckPolicy.None });
        await using var run = new SourceRun(StreamSource());

        Assert.Contains("set Consumer", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_needed_and_sent_and_not_said()
    {
        await using var server = await NatsServer.StartAsync("--user", "me", "--pass", "right");
        await using (var wrong = new SourceRun(Source(options => (options.Url, options.User, options.Password) = (server.Url, "me", "wrong"))))
        {
            var failure = await wrong.FailureAsync();
            Assert.Contains("Authorization Violation", failure, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("wrong", failure, StringComparison.Ordinal);
        }

        await using var client = await server.ConnectAsync(new NatsAuthOpts { Username = "me", Password = "right" });
        await using var right = new SourceRun(Source(options => (options.Url, options.User, options.Password) = (server.Url, "me", "right")));
        await PublishUntilReadAsync(right, "plant.a", """{"value":1}""", client);
    }

    [Fact]
    public async Task Hostile_messages_cost_only_themselves()
    {
        await CreateStreamAsync(count: 0);
        var hostile = new HostilePayloads(3);
        for (var i = 0; i < HostilePayloads.Count; i++)
        {
            await _client.PublishAsync("plant.hostile", hostile.Next());
        }

        await _client.PublishAsync("plant.good", """{"value":1}""");
        var source = StreamSource();
        await using var run = new SourceRun(source);

        var taken = 0;
        while ((await run.TakeAsync(1))[0].SensorId != "plant.good")
        {
            source.Committed(++taken);
        }

        source.Committed(++taken);
        Assert.True(source.Rejected > HostilePayloads.Count / 10);
        Assert.Single(_logger.Entries, entry => entry.Level >= LogLevel.Warning);
        await AcknowledgedAsync(HostilePayloads.Count + 1);
    }

    private NatsSource Source(Action<NatsOptions>? change = null)
    {
        var options = new NatsOptions { Name = "test", Type = "Nats", Url = _server.Url, Subjects = ["plant.>"] };
        change?.Invoke(options);
        Assert.Empty(OptionsCheck.Errors(options));
        return new NatsSource(options, TimeProvider.System, _logger);
    }

    private NatsSource StreamSource(Action<NatsOptions>? change = null) => Source(options =>
    {
        options.Stream = "PLANT";
        change?.Invoke(options);
    });

    private async Task CreateStreamAsync(int count)
    {
        await JetStream.CreateStreamAsync(new StreamConfig("PLANT", ["plant.>"]));
        for (var value = 1; value <= count; value++)
        {
            (await JetStream.PublishAsync("plant.a", $"{{\"value\":{value}}}")).EnsureSuccess();
        }
    }

    private async Task<ConsumerInfo> InfoAsync() => (await JetStream.GetConsumerAsync("PLANT", "liveviz-test")).Info;

    // A message may come before the subscription: it is sent until it, or another, is read.
    private async Task<List<DataPoint>> PublishUntilReadAsync(SourceRun run, string subject, string payload, NatsConnection? client = null, string? sensor = null)
    {
        var taking = TakeAsync();
        while (!taking.IsCompleted)
        {
            await (client ?? _client).PublishAsync(subject, Encoding.UTF8.GetBytes(payload));
            await Task.WhenAny(taking, Task.Delay(50));
        }

        return await taking;

        async Task<List<DataPoint>> TakeAsync()
        {
            var taken = await run.TakeAsync(1);
            while (sensor is not null && taken[^1].SensorId != sensor)
            {
                taken.AddRange(await run.TakeAsync(1));
            }

            return taken;
        }
    }

    private Task AcknowledgedAsync(int count) => Eventually.TrueAsync(async () => (await InfoAsync()).AckFloor.StreamSeq >= (ulong)count, $"{count} are acknowledged");

    private Task ConsumerAsync(string name) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                await JetStream.GetConsumerAsync("PLANT", name);
                return true;
            }
            catch (NatsJSApiException)
            {
                return false;
            }
        },
        $"the consumer {name} is there");
}
