using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace LiveViz.Tests.Sources.Kafka;

/// <summary>
/// The broker that comes within librdkafka: it speaks Kafka's protocol over TCP, with groups, offsets and records in
/// memory, the newest 100,000 or 5 MiB of a partition. It has no TLS and no sign-in.
/// </summary>
internal sealed partial class MockKafka : IDisposable
{
    private const int Broker = 1;

    // Confluent.Kafka brings librdkafka in several builds, and loads the one that this system can.
    static MockKafka() => NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, static (name, _, _) =>
    {
        using var process = Process.GetCurrentProcess();
        return name != "librdkafka" ? 0 : NativeLibrary.Load(process.Modules.Cast<ProcessModule>()
            .First(module => module.ModuleName.Contains(name, StringComparison.Ordinal) && module.ModuleName.EndsWith(".so", StringComparison.Ordinal)).FileName);
    });

    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly SafeHandle _handle;

    public MockKafka(params (string Name, int Partitions)[] topics)
    {
        var config = new ProducerConfig { BootstrapServers = "unused:1" };
        config.Set("test.mock.num.brokers", "1");
        config.Set("queue.buffering.max.messages", "0");
        _producer = new ProducerBuilder<byte[]?, byte[]?>(config).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _handle = (SafeHandle)typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(_producer.Handle)!;
        Servers = Marshal.PtrToStringUTF8(Bootstraps(Cluster))!;
        // A real one waits for others to join a new group, which nobody here does.
        SetRebalanceDelay(Cluster, 0);
        foreach (var (name, partitions) in topics)
        {
            Create(name, partitions);
        }
    }

    /// <summary>Where it listens.</summary>
    public string Servers { get; }

    private nint Cluster => HandleMockCluster(_handle.DangerousGetHandle());

    public void Create(string topic, int partitions = 1) => Assert.Equal(0, CreateTopic(Cluster, topic, partitions, 1));

    public async Task ProduceAsync(string topic, string? key, byte[]? value, int partition = 0, DateTime? time = null)
    {
        await _producer.ProduceAsync(new TopicPartition(topic, partition), new Message<byte[]?, byte[]?>
        {
            Key = key is null ? null : System.Text.Encoding.UTF8.GetBytes(key),
            Value = value,
            Timestamp = time is { } at ? new Timestamp(at) : Timestamp.Default,
        });
    }

    public Task ProduceAsync(string topic, string? key, string value, int partition = 0, DateTime? time = null) =>
        ProduceAsync(topic, key, System.Text.Encoding.UTF8.GetBytes(value), partition, time);

    /// <summary>Sends many records to partition 0, and waits until they are there.</summary>
    public void ProduceAll(string topic, string key, IEnumerable<byte[]> values)
    {
        foreach (var value in values)
        {
            _producer.Produce(new TopicPartition(topic, 0), new Message<byte[]?, byte[]?> { Key = System.Text.Encoding.UTF8.GetBytes(key), Value = value });
        }

        _producer.Flush(TimeSpan.FromSeconds(60));
    }

    /// <summary>How far a group has committed a partition; null where it has not.</summary>
    public long? CommittedBy(string group, string topic, int partition = 0)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = Servers, GroupId = group }).SetLogHandler((_, _) => { }).Build();
        var offset = consumer.Committed([new TopicPartition(topic, partition)], TimeSpan.FromSeconds(10)).Single().Offset;
        return offset.IsSpecial ? null : offset.Value;
    }

    /// <summary>Cuts all connections, and refuses new ones.</summary>
    public void SetDown() => Assert.Equal(0, SetDown(Cluster, Broker));

    /// <summary>Takes connections again.</summary>
    public void SetUp() => Assert.Equal(0, SetUp(Cluster, Broker));

    /// <summary>Answers no sooner than so many milliseconds after a request.</summary>
    public void SetRoundTrip(int milliseconds) => Assert.Equal(0, SetRoundTrip(Cluster, Broker, milliseconds));

    public void Dispose() => _producer.Dispose();

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_handle_mock_cluster")]
    private static partial nint HandleMockCluster(nint client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial nint Bootstraps(nint cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void SetRebalanceDelay(nint cluster, int milliseconds);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(nint cluster, string topic, int partitions, int replicas);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(nint cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    private static partial int SetRoundTrip(nint cluster, int broker, int milliseconds);
}
