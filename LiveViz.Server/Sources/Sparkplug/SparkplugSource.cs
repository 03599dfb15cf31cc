using System.Runtime.CompilerServices;
using Google.Protobuf;
using LiveViz.Server.Sources.Mqtt;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Sources.Sparkplug.Wire;
using LiveViz.Sources;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>
/// Samples from Sparkplug B edge nodes, as a host application of the Eclipse Sparkplug 3.0 specification. Its session is
/// new each time, as the specification has it: what a node has is learned from its births, and a node is asked for one.
/// </summary>
internal sealed class SparkplugSource : ISensorSource
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly SparkplugOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SparkplugSource> _logger;
    private readonly Rejections _rejections;
    private readonly Rejections _notShown;
    private readonly KnownSensors _sensors = new();

    /// <summary>Makes a source of valid options.</summary>
    public SparkplugSource(SparkplugOptions options, TimeProvider time, ILogger<SparkplugSource> logger)
    {
        _options = options;
        _time = time;
        _logger = logger;
        _rejections = new Rejections(options.Name, logger);
        _notShown = new Rejections(options.Name, logger);
    }

    /// <inheritdoc />
    public IReadOnlyCollection<Sensor> Sensors => _sensors.All;

    /// <inheritdoc />
    public long Rejected => _rejections.Count + _notShown.Count;

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var state = string.IsNullOrEmpty(_options.HostId) ? null : new HostState(_options.HostId, _time.GetUtcNow());
        await using var session = await MqttSession.OpenAsync(_options, client => Configure(client, state), _rejections, _time, cancellationToken).ConfigureAwait(false);
        foreach (var filter in SparkplugTopic.FiltersOf(_options.GroupId, _options.NodeId))
        {
            await SubscribeAsync(session, filter, cancellationToken).ConfigureAwait(false);
        }

        if (state is not null)
        {
            await SubscribeAsync(session, state.Topic, cancellationToken).ConfigureAwait(false);
            await session.PublishAsync(state.Message(isOnline: true), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var nodes = new SparkplugNodes(_options, _sensors, _rejections, _notShown);
            var points = new List<DataPoint>();
            await foreach (var delivery in session.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                // A new session is sent nothing again: there is no use in having the broker wait.
                session.Expect(delivery, 0);
                if (delivery.Topic == state?.Topic)
                {
                    if (HostState.IsDenied(delivery.Payload))
                    {
                        await session.PublishAsync(state.Message(isOnline: true), cancellationToken).ConfigureAwait(false);
                    }

                    continue;
                }

                points.Clear();
                if (nodes.Read(delivery.Topic, delivery.Payload, delivery.Received, points) is var (node, reason))
                {
                    _logger.LogInformation("Source {Source}: {Node} is asked for a rebirth, as {Reason}", _options.Name, node.ShownNode, reason);
                    await session.PublishAsync(Rebirth(node), cancellationToken).ConfigureAwait(false);
                }

                for (var i = 0; i < points.Count; i++)
                {
                    yield return points[i];
                }
            }
        }
        finally
        {
            if (state is not null)
            {
                await LeaveAsync(session, state).ConfigureAwait(false);
            }
        }
    }

    private static void Configure(MqttClientOptions client, HostState? state)
    {
        client.CleanSession = true;
        state?.WriteWill(client);
    }

    private static Task SubscribeAsync(MqttSession session, string filter, CancellationToken cancellationToken) =>
        session.SubscribeAsync(new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, 0, cancellationToken);

    // One that leaves as it should has no will published: it says itself that it goes.
    private static async Task LeaveAsync(MqttSession session, HostState state)
    {
        using var patience = new CancellationTokenSource(LeaveTimeout);
        await session.PublishAsync(state.Message(isOnline: false), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private MqttApplicationMessage Rebirth(SparkplugTopic node)
    {
        var now = (ulong)_time.GetUtcNow().ToUnixTimeMilliseconds();
        var command = new Payload
        {
            Timestamp = now,
            Metrics = { new Metric { Name = "Node Control/Rebirth", Timestamp = now, Datatype = (uint)SparkplugType.Boolean, BooleanValue = true } },
        };
        return new MqttApplicationMessage { Topic = node.Command, PayloadSegment = command.ToByteArray() };
    }
}
