using Confluent.Kafka;

namespace LiveViz.Server.Sources.Kafka;

/// <summary>Makes librdkafka's settings of the source's.</summary>
internal static class KafkaConfiguration
{
    // What these say is said by options of the source, or is what makes acknowledged mean stored.
    private static readonly string[] Taken =
    [
        "bootstrap.servers", "metadata.broker.list", "group.id", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
        "security.protocol", "sasl.mechanism", "sasl.mechanisms", "sasl.username", "sasl.password", "enable.partition.eof",
    ];

    /// <summary>The settings of a consumer.</summary>
    public static ConsumerConfig Of(KafkaOptions options)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = options.Servers,
            ClientId = "liveviz",
            GroupId = string.IsNullOrEmpty(options.Group) ? $"liveviz-{options.Name}" : options.Group,
            AutoOffsetReset = options.Start == KafkaStart.Now ? AutoOffsetReset.Latest : AutoOffsetReset.Earliest,
            // Only what was stored by StoreOffset is committed, and that is called for what is stored in history alone.
            EnableAutoOffsetStore = false,
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 1000,
            AllowAutoCreateTopics = false,
            // A server that was killed has its partitions back after as long.
            SessionTimeoutMs = 10_000,
            HeartbeatIntervalMs = 3_000,
            // A broker that says nothing is noticed after as long; the longest poll waits for half a second.
            SocketTimeoutMs = 10_000,
            ReconnectBackoffMaxMs = 2_000,
            TopicMetadataRefreshIntervalMs = 10_000,
            // Bounds what is fetched ahead, whatever the number of partitions.
            QueuedMaxMessagesKbytes = 16_384,
            FetchMaxBytes = 8 << 20,
            SecurityProtocol = (options.Tls, options.Sasl) switch
            {
                (false, KafkaSasl.None) => SecurityProtocol.Plaintext,
                (true, KafkaSasl.None) => SecurityProtocol.Ssl,
                (false, _) => SecurityProtocol.SaslPlaintext,
                (true, _) => SecurityProtocol.SaslSsl,
            },
        };
        if (options.Sasl != KafkaSasl.None)
        {
            config.SaslMechanism = options.Sasl switch
            {
                KafkaSasl.ScramSha256 => SaslMechanism.ScramSha256,
                KafkaSasl.ScramSha512 => SaslMechanism.ScramSha512,
                _ => SaslMechanism.Plain,
            };
            config.SaslUsername = options.User;
            config.SaslPassword = options.Password;
        }

        config.SslCaLocation = options.CaFile;
        config.SslCertificateLocation = options.CertificateFile;
        config.SslKeyLocation = options.KeyFile;
        foreach (var (name, value) in options.Settings)
        {
            config.Set(name, value);
        }

        return config;
    }

    /// <summary>Why the settings cannot be used, and which option says so; null where they can.</summary>
    public static (string Problem, string Option)? ProblemOf(KafkaOptions options)
    {
        if (options.Settings.Keys.FirstOrDefault(key => Taken.Contains(key.ToLowerInvariant())) is { } taken)
        {
            return ("is set by the source itself", $"{nameof(options.Settings)}:{taken}");
        }

        try
        {
            using var consumer = new ConsumerBuilder<Ignore, Ignore>(Of(options)).SetLogHandler((_, _) => { }).Build();
            if (options.Topics.Count > 0)
            {
                consumer.Subscribe(options.Topics);
            }

            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or KafkaException or ArgumentException)
        {
            return ($"is refused by librdkafka: {e.Message}", options.Settings.Count > 0 ? nameof(options.Settings) : nameof(options.Topics));
        }
    }
}
