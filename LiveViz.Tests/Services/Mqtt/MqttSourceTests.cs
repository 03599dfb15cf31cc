using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Tests.Sources;

namespace LiveViz.Tests.Services.Mqtt;

/// <summary>The source against a real broker.</summary>
[Trait("Category", "Services")]
public sealed class MqttSourceTests(Mosquitto broker) : IClassFixture<Mosquitto>, IAsyncLifetime
{
    private const string Measured = "2026-01-02T03:04:05Z";
    private static readonly DateTime MeasuredAt = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    // Each test has topics of its own.
    private readonly string _plant = "plant-" + Guid.NewGuid().ToString("N");
    private readonly ListLogger<MqttSource> _logger = new();
    private MqttDevice _device = default!;

    public async Task InitializeAsync()
    {
        _device = await MqttDevice.ConnectAsync(broker.Open);
        await PublishReadyAsync(_device);
    }

    public async Task DisposeAsync() => await _device.DisposeAsync();

    [Fact]
    public async Task Topics_are_fitted_by_wildcards_and_make_the_ids()
    {
        var source = Source(
            Plain("+/temperature", topic => (topic.Sensor, topic.Unit, topic.Group) = ("{2}-temp", "°C", "Area {2}")),
            new MqttTopicOptions { Topic = $"{_plant}/rig/#", Values = ["*", "deep.value"], Sensor = "{3}/{field}" });
        await using var run = await StartAsync(source);

        await _device.PublishAsync($"{_plant}/boiler/temperature", " 81.5\n");
        await _device.PublishAsync($"{_plant}/boiler/pressure", "7");
        await _device.PublishAsync($"{_plant}/rig/a/b", """{"p":1,"q":-0.0,"text":"no","deep":{"value":"3"}}""");
        var points = await run.TakeAsync(4);

        Assert.Equal([("boiler-temp", 81.5), ("a/p", 1), ("a/q", -0.0), ("a/deep.value", 3)], points.Select(point => (point.SensorId, point.Value!.Value)));
        Assert.All(points, point => Assert.Equal(Quality.Good, point.Quality));
        var boiler = source.Sensors.Single(sensor => sensor.Id == "boiler-temp");
        Assert.Equal(("°C", "Area boiler"), (boiler.Unit, boiler.Group));
        Assert.Equal("Plant", source.Sensors.Single(sensor => sensor.Id == "a/p").Group);
        Assert.Equal(0, source.Rejected);
    }

    [Fact]
    public async Task Message_is_sent_again_until_its_samples_are_stored_and_not_after()
    {
        var topic = $"{_plant}/a";
        var source = Source(Plain("a"));
        await using (var run = await StartAsync(source))
        {
            await _device.PublishAsync(topic, "1");
            await _device.PublishAsync(topic, "2");
            await _device.PublishAsync(topic, "3");
            Assert.Equal([1, 2, 3], (await run.TakeAsync(3)).Select(point => point.Value));
            // The first sample said that it had subscribed.
            source.Committed(3);
        }

        await broker.SeenLeaveAsync(_plant, 1);
        source = Source(Plain("a"));
        await using (var run = new SourceRun(source))
        {
            Assert.Equal([3], (await run.TakeAsync(1)).Select(point => point.Value));
            await _device.PublishAsync(topic, "4");
            Assert.Equal([4], (await run.TakeAsync(1)).Select(point => point.Value));
            source.Committed(2);
        }

        await broker.SeenLeaveAsync(_plant, 2);
        await _device.PublishAsync(topic, "5");
        source = Source(Plain("a"));
        await using var last = new SourceRun(source);
        Assert.Equal([5], (await last.TakeAsync(1)).Select(point => point.Value));
    }

    [Fact]
    public async Task Messages_that_cannot_be_read_are_counted_and_told_once_and_do_not_stop_what_comes_after()
    {
        var source = Source(new MqttTopicOptions { Topic = $"{_plant}/a" });
        await using var run = await StartAsync(source);

        source.Committed(1);
        // More than the broker sends before it waits for acknowledgements, and nothing more is stored.
        for (var i = 0; i < 100; i++)
        {
            await _device.PublishAsync($"{_plant}/a", "{\"value\":");
        }

        await _device.PublishAsync($"{_plant}/a", $$"""{"value":1,"timestamp":"{{Measured}}"}""");
        var point = Assert.Single(await run.TakeAsync(1));

        Assert.Equal((1, MeasuredAt), (point.Value, point.Timestamp));
        Assert.Equal(100, source.Rejected);
        var (_, told) = Assert.Single(_logger.Entries);
        Assert.Contains("/a\" is no JSON", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retained_message_is_uncertain_and_without_a_time_it_is_none_of_now()
    {
        await _device.PublishAsync($"{_plant}/timed", $$"""{"value":1,"timestamp":"{{Measured}}"}""", retain: true);
        await _device.PublishAsync($"{_plant}/bad", $$"""{"value":1,"timestamp":"{{Measured}}","quality":"Bad"}""", retain: true);
        await _device.PublishAsync($"{_plant}/timeless", """{"value":1}""", retain: true);
        var source = Source(new MqttTopicOptions { Topic = $"{_plant}/+" });
        await using var run = new SourceRun(source);

        var old = (await run.TakeAsync(3)).Where(point => point.SensorId != "ready");
        await _device.PublishAsync($"{_plant}/timeless", """{"value":2}""", retain: true);
        var live = Assert.Single(await run.TakeAsync(1));
        await _device.PublishAsync($"{_plant}/timeless", "", retain: true);
        await _device.PublishAsync($"{_plant}/timed", """{"value":3}""");
        await run.TakeAsync(1);

        Assert.Equal(
            [($"{_plant}/bad", MeasuredAt, Quality.Bad), ($"{_plant}/timed", MeasuredAt, Quality.Uncertain)],
            old.OrderBy(point => point.SensorId).Select(point => (point.SensorId, point.Timestamp, point.Quality)));
        Assert.Equal(($"{_plant}/timeless", 2, Quality.Good), (live.SensorId, live.Value, live.Quality));
        Assert.Equal(1, source.Rejected);
        Assert.Contains(source.Sensors, sensor => sensor.Id == $"{_plant}/timeless");
        Assert.Contains("retained and has no time", Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_that_fits_two_topics_is_read_once_by_the_first()
    {
        var source = Source(Plain("a/+", topic => topic.Sensor = "first"), Plain("#", topic => topic.Sensor = "second"), Plain("a/#", topic => topic.Sensor = "third"));
        await using var run = await StartAsync(source);

        await _device.PublishAsync($"{_plant}/a/b", "1");
        await _device.PublishAsync($"{_plant}/end", "2");

        Assert.Equal([("first", 1), ("second", 2)], (await run.TakeAsync(2)).Select(point => (point.SensorId, point.Value)));
        Assert.Equal(0, source.Rejected);
    }

    [Fact]
    public async Task Topic_of_an_earlier_configuration_is_told_and_not_shown()
    {
        await using (await StartAsync(Source(Plain("old"))))
        {
        }

        await _device.PublishAsync($"{_plant}/old", "1");
        await _device.PublishAsync($"{_plant}/new", $$"""{"value":1,"timestamp":"{{Measured}}"}""", retain: true);
        var source = Source(new MqttTopicOptions { Topic = $"{_plant}/new" });
        await using var run = new SourceRun(source);

        Assert.Equal(["ready", $"{_plant}/new"], (await run.TakeAsync(2)).Select(point => point.SensorId));
        Assert.Equal(1, source.Rejected);
        Assert.Contains("fits none of Topics", Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_that_is_stopped_is_told_and_what_it_kept_comes_when_it_is_back()
    {
        var own = new Mosquitto();
        await own.InitializeAsync();
        try
        {
            MqttSource New() => new(Options(own.Open, Plain("a")), TimeProvider.System, _logger);
            await using var device = await MqttDevice.ConnectAsync(own.Open);
            await PublishReadyAsync(device);
            await using var run = await StartAsync(New());
            await device.PublishAsync($"{_plant}/a", "1");
            await run.TakeAsync(1);

            await own.StopAsync();
            Assert.Contains(own.Open.Authority, await run.FailureAsync(), StringComparison.Ordinal);
            await ExpectAsync(Options(own.Open, Plain("a")), $"Nothing listens at {own.Open.Authority}");

            await own.StartAsync();
            await using var again = new SourceRun(New());
            Assert.Equal([("ready", 0), ($"{_plant}/a", 1)], (await again.TakeAsync(2)).Select(point => (point.SensorId, point.Value)));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Fact]
    public async Task Broker_that_has_gone_silent_is_noticed()
    {
        var options = Options(broker.Open, Plain("a"));
        options.KeepAlive = TimeSpan.FromSeconds(1);
        await using var run = await StartAsync(new MqttSource(options, TimeProvider.System, _logger));

        await broker.HoldAsync();
        try
        {
            Assert.Contains("has gone silent: no answer for 1.5 s", await run.FailureAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await broker.ResumeAsync();
        }
    }

    [Fact]
    public async Task Second_client_with_the_same_id_is_told()
    {
        await using var first = await StartAsync(Source(Plain("a")));
        await using var second = new SourceRun(Source(Plain("a")));

        Assert.Contains($"another client may have the ClientId \"{_plant}\"", await first.FailureAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "refuses to let in anybody without a name")]
    [InlineData(Mosquitto.User, "wrong", "refuses the user \"liveviz\"")]
    [InlineData(Mosquitto.User, Mosquitto.Password, null)]
    public async Task Broker_lets_in_whom_it_knows(string? user, string? password, string? failure)
    {
        var options = Options(broker.WithPassword, Plain("a"));
        (options.Username, options.Password) = (user, password);

        await ExpectAsync(options, failure);
    }

    [Theory]
    [InlineData("localhost", false, false, "is not trusted")]
    [InlineData("127.0.0.1", true, false, "is not for \"127.0.0.1\"")]
    [InlineData("localhost", true, false, null)]
    [InlineData("127.0.0.1", false, true, null)]
    public async Task Certificate_of_the_broker_is_checked(string host, bool knowsAuthority, bool allowUntrusted, string? failure)
    {
        var options = Options(new Uri($"mqtts://{host}:{broker.Tls.Port}"), Plain("a"));
        (options.CaFile, options.AllowUntrusted) = (knowsAuthority ? broker.CaFile : null, allowUntrusted);

        await ExpectAsync(options, failure);
    }

    [Theory]
    [InlineData(false, "It may ask for a certificate")]
    [InlineData(true, null)]
    public async Task Certificate_is_shown_to_a_broker_that_asks_for_it(bool shown, string? failure)
    {
        var options = Options(broker.TlsForKnownClients, Plain("a"));
        (options.CaFile, options.CertificateFile, options.KeyFile) = (broker.CaFile, shown ? broker.ClientCertificateFile : null, shown ? broker.ClientKeyFile : null);

        await ExpectAsync(options, failure);
    }

    [Fact]
    public async Task Wrong_addresses_are_told_in_plain_words()
    {
        await ExpectAsync(Options(new Uri("mqtt://no-such-broker.invalid:1883"), Plain("a")), "\"no-such-broker.invalid\" cannot be resolved");
        await ExpectAsync(Options(new Uri($"mqtt://localhost:{broker.Tls.Port}"), Plain("a")), "For TLS write mqtts://");
        await ExpectAsync(Options(new Uri($"mqtts://localhost:{broker.Open.Port}"), Plain("a")), "the port is not for TLS: without TLS write mqtt://");
    }

    private MqttTopicOptions Plain(string topic, Action<MqttTopicOptions>? configure = null)
    {
        var options = new MqttTopicOptions { Topic = $"{_plant}/{topic}", Payload = PayloadForm.Plain };
        configure?.Invoke(options);
        return options;
    }

    private MqttOptions Options(Uri server, params MqttTopicOptions[] topics)
    {
        var options = new MqttOptions
        {
            Name = "Plant",
            Type = "Mqtt",
            Server = server.OriginalString,
            ClientId = _plant,
            Topics = [.. topics, new MqttTopicOptions { Topic = $"ready/{_plant}", Sensor = "ready" }],
        };
        Assert.Empty(OptionsCheck.Errors(options));
        Assert.All(topics, topic => Assert.Empty(OptionsCheck.Errors(topic)));
        return options;
    }

    private MqttSource Source(params MqttTopicOptions[] topics) => new(Options(broker.Open, topics), TimeProvider.System, _logger);

    // It is retained, and subscribed to last: whoever has it has subscribed to all.
    private Task PublishReadyAsync(MqttDevice device) =>
        device.PublishAsync($"ready/{_plant}", $$"""{"value":0,"timestamp":"{{Measured}}"}""", retain: true);

    /// <summary>Runs a source until it has subscribed for the first time; one sample of it is taken then.</summary>
    private static async Task<SourceRun> StartAsync(MqttSource source)
    {
        var run = new SourceRun(source);
        Assert.Equal("ready", Assert.Single(await run.TakeAsync(1)).SensorId);
        return run;
    }

    /// <summary>Checks that a run fails as it should, or does not.</summary>
    private async Task ExpectAsync(MqttOptions options, string? failure)
    {
        var source = new MqttSource(options, TimeProvider.System, _logger);
        if (failure is null)
        {
            await using var _ = await StartAsync(source);
        }
        else
        {
            await using var run = new SourceRun(source);
            Assert.Contains(failure, await run.FailureAsync(), StringComparison.Ordinal);
        }
    }
}
