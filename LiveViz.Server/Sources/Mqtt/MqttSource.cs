using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>
/// Samples from the messages of an MQTT broker. The session stays at the broker, and a message of QoS 1 is acknowledged
/// only when its samples are stored: what was under way when either side failed comes again.
/// </summary>
internal sealed class MqttSource : ISensorSource
{
    // Stands in for the time of a retained message, which was measured at some time before it came.
    private static readonly DateTime NoTime = DateTime.MinValue;

    private readonly MqttOptions _options;
    private readonly TimeProvider _time;
    private readonly Rejections _rejections;
    private readonly KnownSensors _sensors = new();
    private readonly List<TopicRoute> _routes;
    private MqttSession? _session;

    /// <summary>Makes a source of valid options.</summary>
    public MqttSource(MqttOptions options, TimeProvider time, ILogger<MqttSource> logger)
    {
        _options = options;
        _time = time;
        _rejections = new Rejections(options.Name, logger);
        _routes = [.. options.Topics.Select(topic => new TopicRoute(topic, options.Name))];
    }

    /// <inheritdoc />
    public IReadOnlyCollection<Sensor> Sensors => _sensors.All;

    /// <inheritdoc />
    public bool Acknowledges => true;

    /// <inheritdoc />
    public long Rejected => _rejections.Count;

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await MqttSession.OpenAsync(_options, Configure, _rejections, _time, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _session, session);
        for (var i = 0; i < _routes.Count; i++)
        {
            await session.SubscribeAsync(_routes[i].Filter, IdentifierOf(i), cancellationToken).ConfigureAwait(false);
        }

        var points = new List<DataPoint>();
        await foreach (var delivery in session.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            points.Clear();
            Read(delivery, points);
            session.Expect(delivery, points.Count);
            for (var i = 0; i < points.Count; i++)
            {
                yield return points[i];
            }
        }
    }

    /// <inheritdoc />
    public void Committed(long count) => Volatile.Read(ref _session)?.Committed(count);

    private static uint IdentifierOf(int route) => (uint)route + 1;

    private void Configure(MQTTnet.MqttClientOptions client)
    {
        client.CleanSession = false;
        client.SessionExpiryInterval = (uint)_options.SessionExpiry.TotalSeconds;
        client.ReceiveMaximum = (ushort)_options.ReceiveMaximum;
    }

    private void Read(MqttDelivery delivery, List<DataPoint> points)
    {
        var route = _routes.FindIndex(known => known.Fits(delivery.Topic));
        if (route < 0)
        {
            Reject(delivery, 1, "fits none of Topics; an earlier configuration subscribed to it. Another ClientId makes the broker forget that");
            return;
        }

        // An empty message is how a retained one is taken back. And one that fits several subscriptions comes once for each.
        if (delivery.Payload.IsEmpty || !delivery.IsFor(IdentifierOf(route)))
        {
            return;
        }

        var rejected = _routes[route].Read(delivery.Topic, delivery.Payload, delivery.IsRetained ? NoTime : delivery.Received, points, out var problem);
        if (rejected > 0)
        {
            Reject(delivery, rejected, problem);
        }

        foreach (var point in points)
        {
            if (!_sensors.Has(point.SensorId))
            {
                _sensors.Set(_routes[route].Describe(point.SensorId, delivery.Topic));
            }
        }

        if (delivery.IsRetained)
        {
            MarkOld(delivery, points);
        }
    }

    private void MarkOld(MqttDelivery delivery, List<DataPoint> points)
    {
        var timeless = points.RemoveAll(point => point.Timestamp == NoTime);
        if (timeless > 0)
        {
            Reject(delivery, timeless, "is retained and has no time: nobody knows when that was measured");
        }

        for (var i = 0; i < points.Count; i++)
        {
            points[i] = points[i] with { Quality = points[i].Quality == Quality.Good ? Quality.Uncertain : points[i].Quality };
        }
    }

    private void Reject(MqttDelivery delivery, int count, string problem) =>
        _rejections.Add(count, $"the message on {ShownText.Quoted(delivery.Topic)}", problem);
}
