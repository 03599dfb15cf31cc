using System.Text;
using LiveViz.Server.Sources.Kafka;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Tests.Sources.Payloads;

namespace LiveViz.Tests.Sources.Kafka;

public sealed class KafkaSourceTests : IDisposable
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly MockKafka _broker = new(("plant", 2), ("plant-2", 1));
    private readonly ListLogger<KafkaSource> _logger = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Records_become_samples_with_the_time_they_carry_or_the_records_own()
    {
        await _broker.ProduceAsync("plant", "a", """{"value":1,"timestamp":"2026-02-01T00:00:00Z","quality":"Uncertain"}""", time: Time);
        await _broker.ProduceAsync("plant", "b", """[{"value":2},{"value":null}]""", time: Time);

        await using var run = new SourceRun(Source());
        var points = await run.TakeAsync(3);

        Assert.Equal(
            [
                new DataPoint("a", new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc), 1, Quality.Uncertain),
                new DataPoint("b", Time, 2),
                new DataPoint("b", Time, null, Quality.Bad),
            ],
            points);
    }

    [Fact]
    public async Task Sensors_are_named_by_key_topic_partition_and_payload()
    {
        await _broker.ProduceAsync("plant", "k", """{"id":"x","value":1}""", partition: 1);

        await using var run = new SourceRun(Source(options => options.Sensor = "{topic}/{partition}/{key}/{$.id}/{field}"));

        Assert.Equal("plant/1/k/x/value", (await run.TakeAsync(1))[0].SensorId);
    }

    [Fact]
    public async Task Topics_are_found_by_pattern()
    {
        await _broker.ProduceAsync("plant", "a", "1");
        await _broker.ProduceAsync("plant-2", "b", "2");

        await using var run = new SourceRun(Source(options =>
        {
            options.Topics = ["^plant.*"];
            options.Payload = PayloadForm.Plain;
        }));

        Assert.Equal(["a", "b"], (await run.TakeAsync(2)).Select(point => point.SensorId).Order());
    }

    [Fact]
    public async Task New_group_may_begin_with_what_comes_next()
    {
        await _broker.ProduceAsync("plant", "old", """{"value":1}""");
        await using var run = new SourceRun(Source(options => options.Start = KafkaStart.Now));

        // It is not known when it has its partitions: some of these come after.
        using var enough = new CancellationTokenSource();
        var producing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await _broker.ProduceAsync("plant", "new", """{"value":2}""");
            }
        });
        var first = await run.TakeAsync(1);
        await enough.CancelAsync();
        await producing;

        Assert.Equal("new", first[0].SensorId);
    }

    [Fact]
    public async Task Nothing_is_committed_that_is_not_stored_and_it_comes_again()
    {
        await _broker.ProduceAsync("plant", "a", """{"value":1}""");
        await _broker.ProduceAsync("plant", "b", """{"value":2}""", partition: 1);

        await using (var killed = new SourceRun(Source()))
        {
            await killed.TakeAsync(2);
        }

        Assert.Null(_broker.CommittedBy("liveviz-test", "plant"));
        Assert.Null(_broker.CommittedBy("liveviz-test", "plant", partition: 1));
        await using var run = new SourceRun(Source());
        Assert.Equal([1, 2], (await run.TakeAsync(2)).Select(point => point.Value!.Value).Order());
    }

    [Fact]
    public async Task What_is_stored_is_committed_and_does_not_come_again()
    {
        var source = Source();
        await using (var first = new SourceRun(source))
        {
            // One by one, so that each is a batch.
            for (var value = 1; value <= 3; value++)
            {
                await _broker.ProduceAsync("plant", "a", $"{{\"value\":{value}}}");
                await first.TakeAsync(1);
            }

            source.Committed(2);
        }

        Assert.Equal(2, _broker.CommittedBy("liveviz-test", "plant"));
        await using var second = new SourceRun(Source());
        Assert.Equal(3, (await second.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Records_that_the_broker_did_not_keep_for_long_enough_are_said()
    {
        var source = Source();
        await _broker.ProduceAsync("plant", "a", """{"value":1}""");
        await using (var first = new SourceRun(source))
        {
            await first.TakeAsync(1);
            source.Committed(1);
        }

        // It keeps 5 MiB of a partition.
        var spaces = new string(' ', 100_000);
        for (var value = 2; value <= 70; value++)
        {
            await _broker.ProduceAsync("plant", "a", $"{{\"value\":{value}}}{spaces}");
        }

        await using var second = new SourceRun(source);

        Assert.InRange((await second.TakeAsync(1))[0].Value!.Value, 3, 70);
        Assert.Contains(_logger.Entries, entry => entry.Message.Contains("lost to this server", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_records_are_committed_while_it_runs()
    {
        await _broker.ProduceAsync("plant", "a", """{"value":1}""");
        var source = Source();
        await using var run = new SourceRun(source);
        await run.TakeAsync(1);
        source.Committed(1);

        while (_broker.CommittedBy("liveviz-test", "plant") != 1)
        {
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task Record_that_cannot_be_read_is_counted_told_once_and_passed_over()
    {
        await _broker.ProduceAsync("plant", "a", "poison");
        await _broker.ProduceAsync("plant", "a", (byte[]?)null);
        await _broker.ProduceAsync("plant", null, """{"value":1}""");
        await _broker.ProduceAsync("plant", "a", """{"value":2}""");
        var source = Source();
        await using (var run = new SourceRun(source))
        {
            Assert.Equal(2, (await run.TakeAsync(1))[0].Value);
            source.Committed(1);
        }

        Assert.Equal(3, source.Rejected);
        var (_, message) = Assert.Single(_logger.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
        Assert.Contains("offset 0 of plant, partition 0", message, StringComparison.Ordinal);
        Assert.Contains("no JSON", message, StringComparison.Ordinal);
        Assert.Equal(4, _broker.CommittedBy("liveviz-test", "plant"));
    }

    [Fact]
    public async Task Hostile_records_cost_only_themselves()
    {
        var hostile = new HostilePayloads(2);
        var count = HostilePayloads.Count;
        _broker.ProduceAll("plant", "hostile", Enumerable.Range(0, count).Select(_ => hostile.Next()));
        await _broker.ProduceAsync("plant", "good", """{"value":1}""");
        var source = Source();
        await using var run = new SourceRun(source);

        DataPoint point;
        do
        {
            point = (await run.TakeAsync(1))[0];
        }
        while (point.SensorId != "good");

        Assert.True(source.Rejected > count / 10);
        Assert.Single(_logger.Entries, entry => entry.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task Broker_that_is_down_is_said_and_read_from_again_when_it_is_back()
    {
        var source = Source();
        await using (var run = new SourceRun(source))
        {
            await _broker.ProduceAsync("plant", "a", """{"value":1}""");
            await run.TakeAsync(1);
            _broker.SetDown();
            var failure = await run.FailureAsync();
            Assert.Contains(_broker.Servers, failure, StringComparison.Ordinal);
            Assert.Contains("check Servers", failure, StringComparison.Ordinal);
        }

        await using (var again = new SourceRun(source))
        {
            Assert.Contains("refused", await again.FailureAsync(), StringComparison.Ordinal);
        }

        _broker.SetUp();
        await using var back = new SourceRun(source);
        Assert.Equal(1, (await back.TakeAsync(1))[0].Value);
    }

    [Theory]
    [InlineData("localhost:1", "refused")]
    [InlineData("no-such-host.invalid:9092", "resolve")]
    public async Task Broker_that_cannot_be_reached_is_said(string servers, string says)
    {
        await using var run = new SourceRun(Source(options => options.Servers = servers));

        var failure = await run.FailureAsync();

        Assert.Contains(servers, failure, StringComparison.Ordinal);
        Assert.Contains(says, failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broker_that_says_nothing_is_said()
    {
        _broker.SetRoundTrip(60_000);
        await using var run = new SourceRun(Source());

        Assert.Contains("answers", await run.FailureAsync(), StringComparison.Ordinal);
        _broker.SetRoundTrip(0);
    }

    [Fact]
    public async Task Topic_that_is_not_there_is_said()
    {
        await using var run = new SourceRun(Source(options => options.Topics = ["plnt"]));

        Assert.Contains("no topic plnt", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_that_is_not_there_is_no_matter_to_the_others()
    {
        await _broker.ProduceAsync("plant", "a", """{"value":1}""");
        await using var run = new SourceRun(Source(options => options.Topics = ["plnt", "plant"]));

        Assert.Equal(1, (await run.TakeAsync(1))[0].Value);
    }

    private KafkaSource Source(Action<KafkaOptions>? change = null)
    {
        var options = new KafkaOptions
        {
            Name = "test",
            Type = "Kafka",
            Servers = _broker.Servers,
            Topics = ["plant"],
            // This broker gives away what a member had only when nearly as much time has passed, also where it has left.
            Settings = new Dictionary<string, string> { ["session.timeout.ms"] = "2000", ["heartbeat.interval.ms"] = "500" },
        };
        change?.Invoke(options);
        Assert.Empty(OptionsCheck.Errors(options));
        return new KafkaSource(options, TimeProvider.System, _logger);
    }
}
