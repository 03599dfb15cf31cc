using Confluent.Kafka;

namespace LiveViz.Server.Sources.Kafka;

/// <summary>
/// Notices that there is nothing to read from: librdkafka goes on trying for ever, and says so only on the side.
/// Used by the thread that consumes alone.
/// </summary>
internal sealed class KafkaHealth(KafkaOptions options, TimeProvider time, ILogger logger)
{
    // A broker that is started again is back within this; one that is not is shown soon enough.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Short, as records wait meanwhile, and as librdkafka tells its errors only in between.
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(1);

    private bool _doubtful = true;
    private long? _unansweredSince;
    private Error? _last;
    private Error? _refused;

    /// <summary>Takes note of an error that librdkafka tells.</summary>
    public void Note(Error error)
    {
        logger.LogDebug("librdkafka: {Code}: {Reason}", error.Code, error.Reason);
        if (error.IsFatal || error.Code is ErrorCode.Local_Authentication or ErrorCode.Local_Ssl)
        {
            _refused = error;
        }

        // "All brokers are down" follows the error that says why.
        _last = error.Code == ErrorCode.Local_AllBrokersDown ? _last ?? error : error;
        RequestCheck();
    }

    /// <summary>The next check asks the broker.</summary>
    public void RequestCheck() => _doubtful = true;

    /// <summary>Asks the broker if there is reason to.</summary>
    /// <exception cref="IOException">It does not answer, refuses, or has none of the topics; says what to do.</exception>
    public void Check(Handle handle)
    {
        if (!_doubtful)
        {
            return;
        }

        if (Ask(handle) is not { } topics)
        {
            return;
        }

        var missing = options.Topics.Where(topic => !topic.StartsWith('^') && !topics.Contains(topic)).ToList();
        if (missing.Count == options.Topics.Count)
        {
            throw new IOException($"The broker at {options.Servers} has no topic {string.Join(", ", missing)}; create it, or correct Topics");
        }

        if (missing.Count > 0)
        {
            logger.LogWarning("Source {Source}: the broker has no topic {Topics}; the others are read", options.Name, string.Join(", ", missing));
        }

        _doubtful = false;
        _unansweredSince = null;
        _last = null;
    }

    private HashSet<string>? Ask(Handle handle)
    {
        if (_refused is { } refused)
        {
            throw new IOException($"The broker at {options.Servers} refuses the connection: {refused.Reason}; check Tls, CaFile, Sasl, User and Password");
        }

        try
        {
            using var admin = new DependentAdminClientBuilder(handle).Build();
            return [.. admin.GetMetadata(LongestQuestion).Topics.Where(topic => !topic.Error.IsError).Select(topic => topic.Topic)];
        }
        catch (KafkaException e)
        {
            _unansweredSince ??= time.GetTimestamp();
            return time.GetElapsedTime(_unansweredSince.Value) < Patience
                ? null
                : throw new IOException($"No broker at {options.Servers} answers: {(_last ?? e.Error).Reason}; check Servers, and whether the broker runs", e);
        }
    }
}
