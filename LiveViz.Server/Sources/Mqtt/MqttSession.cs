using System.Net.Sockets;
using System.Threading.Channels;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>
/// One connection to a broker, from signing in until it is lost. What it throws tells an operator what is wrong and what to
/// do next. It acknowledges messages in their order, each when all of its samples are stored.
/// </summary>
internal sealed class MqttSession : IAsyncDisposable
{
    // Messages of QoS 0 that wait to be read; a broker that sends them faster than they can be read does not wait.
    private const int MostWaiting = 10_000;

    // A payload is at most a MiB (PayloadReader.LongestPayload); beyond this a broker does not send it at all.
    private const uint LargestPacket = PayloadReader.LongestPayload + (64 * 1024);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(2);

    private readonly MqttBrokerOptions _broker;
    private readonly Rejections _rejections;
    private readonly TimeProvider _time;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttDelivery> _inbox = Channel.CreateUnbounded<MqttDelivery>();
    private readonly Channel<MqttDelivery> _acknowledged = Channel.CreateUnbounded<MqttDelivery>();
    private readonly PendingAcknowledgements<MqttDelivery> _pending = new();
    private readonly Lock _gate = new();
    private Task _acknowledging = Task.CompletedTask;
    private bool _knowsIdentifiers;
    private long _yielded;

    private MqttSession(MqttBrokerOptions broker, Rejections rejections, TimeProvider time)
    {
        _broker = broker;
        _rejections = rejections;
        _time = time;
        _client.ApplicationMessageReceivedAsync += TakeAsync;
        _client.DisconnectedAsync += lost =>
        {
            _inbox.Writer.TryComplete(MqttFailure.OfLost(lost, broker));
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects and signs in.</summary>
    /// <param name="broker">Where.</param>
    /// <param name="configure">Says what the session is to be like.</param>
    /// <param name="rejections">Takes messages that cannot be kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">It cannot be connected to; says why.</exception>
    public static async Task<MqttSession> OpenAsync(
        MqttBrokerOptions broker, Action<MqttClientOptions> configure, Rejections rejections, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(MqttProtocolVersion.V500).ConfigureAwait(false);
        }
        catch (MqttVersionRefusedException)
        {
            return await OpenAsync(MqttProtocolVersion.V311).ConfigureAwait(false);
        }

        async Task<MqttSession> OpenAsync(MqttProtocolVersion version)
        {
            var session = new MqttSession(broker, rejections, time);
            try
            {
                await session.ConnectAsync(version, configure, cancellationToken).ConfigureAwait(false);
                return session;
            }
            catch
            {
                await session.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Subscribes.</summary>
    /// <param name="filter">To what.</param>
    /// <param name="identifier">What the broker puts onto the messages that come for it, from 1; 0 for nothing.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">It is refused; says why.</exception>
    public async Task SubscribeAsync(MqttTopicFilter filter, uint identifier, CancellationToken cancellationToken)
    {
        var options = new MqttClientSubscribeOptions { TopicFilters = [filter], SubscriptionIdentifier = _knowsIdentifiers ? identifier : 0 };
        var result = await TryAsync(token => _client.SubscribeAsync(options, token), cancellationToken).ConfigureAwait(false);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw MqttFailure.OfSubscription(filter.Topic, refused.ResultCode, _broker);
        }
    }

    /// <summary>Publishes a message, and waits until the broker has it.</summary>
    /// <exception cref="IOException">It is not known to have it; says why.</exception>
    public Task PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken) =>
        TryAsync(token => _client.PublishAsync(message, token), cancellationToken);

    /// <summary>Gives the messages as they come, until the connection is lost.</summary>
    /// <exception cref="IOException">It was lost; says why.</exception>
    public IAsyncEnumerable<MqttDelivery> ReadAsync(CancellationToken cancellationToken) => _inbox.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Has a message acknowledged when its samples are stored. To be called in the order of the messages, before its samples are yielded.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="samples">How many samples it gives.</param>
    public void Expect(MqttDelivery delivery, int samples)
    {
        _yielded += samples;
        if (delivery.IsAcknowledged)
        {
            lock (_gate)
            {
                _pending.Add(_yielded, delivery);
                Release(_pending.TakeCommitted());
            }
        }
    }

    /// <summary>So many samples of this session are stored.</summary>
    public void Committed(long count)
    {
        lock (_gate)
        {
            Release(_pending.TakeCommitted(count));
        }
    }

    /// <summary>Acknowledges what may be, and leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LeaveTimeout, _time);
        _acknowledged.Writer.TryComplete();
        await _acknowledging.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _client.Dispose();
    }

    private async Task ConnectAsync(MqttProtocolVersion version, Action<MqttClientOptions> configure, CancellationToken cancellationToken)
    {
        var tls = _broker.IsEncrypted ? new BrokerCertificate(_broker) : null;
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithTcpServer(_broker.Address.IdnHost, _broker.Port)
            .WithClientId(_broker.EffectiveClientId)
            .WithKeepAlivePeriod(_broker.KeepAlive)
            .WithTimeout(ConnectTimeout)
            .Build();
        var tcp = (MqttClientTcpOptions)options.ChannelOptions;
        tcp.TlsOptions = tls?.Options ?? new MqttClientTlsOptions();
        // MQTTnet's own setting resets the connection when it leaves: the broker may drop what it has not read yet, as acknowledgements.
        tcp.LingerState = new LingerOption(false, 0);
        if (!string.IsNullOrEmpty(_broker.Username))
        {
            options.Credentials = new MqttClientCredentials(_broker.Username, System.Text.Encoding.UTF8.GetBytes(_broker.Password ?? ""));
        }

        options.MaximumPacketSize = LargestPacket;
        configure(options);
        // What 3.1.1 does not have is left out there: the broker's own limits hold.
        options.ValidateFeatures = version == MqttProtocolVersion.V500;
        MqttClientConnectResult result;
        try
        {
            result = await TryAsync(token => _client.ConnectAsync(options, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (tls?.Problem is { } problem && e is not OperationCanceledException)
        {
            throw new IOException(problem, e);
        }

        if (result.ResultCode == MqttClientConnectResultCode.UnsupportedProtocolVersion && version == MqttProtocolVersion.V500)
        {
            throw new MqttVersionRefusedException();
        }

        if (result.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw MqttFailure.OfRefused(result, _broker);
        }

        _knowsIdentifiers = version == MqttProtocolVersion.V500 && result.SubscriptionIdentifiersAvailable;
        _acknowledging = AcknowledgeAsync();
    }

    private async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ConnectTimeout);
        try
        {
            return await action(patience.Token).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e)
        {
            throw patience.IsCancellationRequested ? MqttFailure.OfSilent(_broker, ConnectTimeout, e) : MqttFailure.Of(e, _broker);
        }
    }

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs arguments)
    {
        arguments.AutoAcknowledge = false;
        var delivery = new MqttDelivery(arguments, _time.GetUtcNow().UtcDateTime);
        if (!delivery.IsAcknowledged && _inbox.Reader.Count >= MostWaiting)
        {
            _rejections.Add(1, $"a message on {ShownText.Quoted(delivery.Topic)}", "was dropped, as messages of QoS 0 come faster than they can be read");
        }
        else
        {
            _inbox.Writer.TryWrite(delivery);
        }

        return Task.CompletedTask;
    }

    private void Release(IReadOnlyList<MqttDelivery> stored)
    {
        foreach (var delivery in stored)
        {
            _acknowledged.Writer.TryWrite(delivery);
        }
    }

    private async Task AcknowledgeAsync()
    {
        try
        {
            await foreach (var delivery in _acknowledged.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await delivery.AcknowledgeAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it is, nothing is acknowledged any more: the session is over.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _inbox.Writer.TryComplete(MqttFailure.Of(e, _broker));
        }
    }
}
