using System.Text;
using System.Text.Unicode;
using System.Threading.Channels;
using Confluent.Kafka;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Kafka;

/// <summary>One run of a Kafka source: a consumer on a thread of its own, as it blocks.</summary>
internal sealed class KafkaRun : IAsyncDisposable
{
    private const int LongestBatch = 1000;
    private const int BatchesAhead = 4;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // Closing commits what is stored and leaves the group; a broker that is gone is not waited for longer.
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(5);

    private readonly KafkaOptions _options;
    private readonly PayloadReader _reader;
    private readonly Rejections _rejections;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly KafkaHealth _health;
    private readonly Channel<List<DataPoint>> _batches = Channel.CreateBounded<List<DataPoint>>(
        new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });

    private readonly PendingAcknowledgements<TopicPartitionOffset[]> _pending = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _taken;
    private long _committed;

    public KafkaRun(KafkaOptions options, PayloadReader reader, Rejections rejections, TimeProvider time, ILogger logger)
    {
        _options = options;
        _reader = reader;
        _rejections = rejections;
        _time = time;
        _logger = logger;
        _health = new KafkaHealth(options, time, logger);
    }

    /// <summary>The samples, as they come; ends with what ended the run.</summary>
    public ChannelReader<List<DataPoint>> Batches => _batches.Reader;

    /// <summary>Begins to read.</summary>
    public void Start() => new Thread(Consume) { IsBackground = true, Name = $"Kafka {_options.Name}" }.Start();

    /// <summary>The first <paramref name="count"/> samples are stored.</summary>
    public void Committed(long count) => Volatile.Write(ref _committed, count);

    /// <summary>Ends the run, and waits until it has committed what is stored; not where it has failed, so that this is seen at once.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (!_batches.Reader.Completion.IsFaulted)
        {
            await Task.WhenAny(_ended.Task, Task.Delay(LongestClose)).ConfigureAwait(false);
        }
    }

    private void Consume()
    {
        try
        {
            using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(KafkaConfiguration.Of(_options))
                .SetErrorHandler((_, error) => _health.Note(error))
                .SetLogHandler((_, entry) => Note(entry))
                .Build();
            Consume(consumer);
            StoreCommitted(consumer);
            // Takes its time where the broker is gone.
            consumer.Close();
        }
#pragma warning disable CA1031 // Whatever ends the run is told to who reads it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _batches.Writer.TryComplete(e);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    private void Note(LogMessage entry)
    {
        _logger.LogDebug("librdkafka: {Message}", entry.Message);
        // It goes on elsewhere by itself, and says no more of it than this.
        if (entry.Facility == "OFFSET" && entry.Level <= SyslogLevel.Warning)
        {
            _logger.LogWarning(
                "Source {Source}: Kafka has no longer what was to be read next, and its records are lost to this server: {Message}. Let the broker keep records for longer than this server may be away",
                _options.Name, entry.Message);
        }
    }

    private void Consume(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            consumer.Subscribe(_options.Topics);
            while (!_stopping.IsCancellationRequested)
            {
                StoreCommitted(consumer);
                TakeBatch(consumer);
                _health.Check(consumer.Handle);
            }

            _batches.Writer.TryComplete();
        }
#pragma warning disable CA1031 // Whatever ends the run is told to who reads it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _batches.Writer.TryComplete(e);
        }
    }

    private void TakeBatch(IConsumer<byte[]?, byte[]?> consumer)
    {
        var points = new List<DataPoint>();
        var offsets = new Dictionary<TopicPartition, Offset>();
        var records = 0;
        for (var record = Next(consumer, Poll); record is not null; record = Next(consumer, TimeSpan.Zero))
        {
            Read(record, points);
            offsets[record.TopicPartition] = record.Offset + 1;
            if (++records == LongestBatch)
            {
                break;
            }
        }

        if (records == 0)
        {
            return;
        }

        // One entry a batch: while nothing can be stored, the entries must not outgrow the samples.
        _taken += points.Count;
        _pending.Add(_taken, [.. offsets.Select(offset => new TopicPartitionOffset(offset.Key, offset.Value))]);
        if (points.Count > 0)
        {
            // Blocks while the samples are not taken in as fast as they are read: the consumer then fetches no more.
            _batches.Writer.WriteAsync(points, _stopping.Token).AsTask().GetAwaiter().GetResult();
        }
    }

    private ConsumeResult<byte[]?, byte[]?>? Next(IConsumer<byte[]?, byte[]?> consumer, TimeSpan patience)
    {
        try
        {
            return consumer.Consume(patience);
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            // Was there and is gone; one that comes back is subscribed to again.
            _health.RequestCheck();
            return null;
        }
        catch (ConsumeException e)
        {
            throw new IOException($"Kafka does not let records be read: {e.Error.Reason} ({e.Error.Code})", e);
        }
    }

    private void Read(ConsumeResult<byte[]?, byte[]?> record, List<DataPoint> points)
    {
        var message = record.Message;
        var key = message.Key is { } bytes && Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
        var rejected = _reader.Read(message.Value, [key, record.Topic, record.Partition.Value.ToString()], TimeOf(message), points, out var problem);
        if (rejected > 0)
        {
            _rejections.Add(rejected, $"the record at offset {record.Offset.Value} of {record.Topic}, partition {record.Partition.Value},", problem);
        }
    }

    private DateTime TimeOf(Message<byte[]?, byte[]?> message) =>
        message.Timestamp.Type == TimestampType.NotAvailable ? _time.GetUtcNow().UtcDateTime
        // A time that no calendar has is left to the intake to refuse.
        : SampleTime.TryFromEpoch(message.Timestamp.UnixTimestampMs, TimeUnit.Milliseconds, out var utc) ? utc
        : DateTime.MaxValue;

    private void StoreCommitted(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var offsets in _pending.TakeCommitted(Volatile.Read(ref _committed)))
        {
            foreach (var offset in offsets)
            {
                try
                {
                    consumer.StoreOffset(offset);
                }
                catch (KafkaException)
                {
                    // Another consumer of the group has the partition by now, and reads these records again.
                }
            }
        }
    }
}
