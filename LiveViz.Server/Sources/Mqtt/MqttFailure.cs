using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;

namespace LiveViz.Server.Sources.Mqtt;

/// <summary>What an operator reads when a broker cannot be used: what is wrong, and what to do next.</summary>
internal static class MqttFailure
{
    /// <summary>Something MQTTnet threw.</summary>
    public static IOException Of(Exception failure, MqttBrokerOptions broker)
    {
        var causes = Causes(failure).ToList();
        var message =
            causes.OfType<SocketException>().FirstOrDefault() is { } socket ? OfSocket(socket, broker)
            : causes.OfType<AuthenticationException>().FirstOrDefault() is { } tls ? $"TLS with the broker {broker.ShownAddress} fails: {Line(tls.Message)} Is the port for TLS? Without TLS write mqtt:// in Server"
            : causes[^1].Message.Contains("Connection closed", StringComparison.Ordinal) ? $"The broker {broker.ShownAddress} closed the connection while signing in. {HintOfClosed(broker)}"
            : $"The connection to the broker {broker.ShownAddress} fails: {Line(causes[^1].Message)} {HintOfClosed(broker)}";
        return new IOException(message, failure);
    }

    /// <summary>It gave no answer.</summary>
    public static IOException OfSilent(MqttBrokerOptions broker, TimeSpan patience, Exception failure) => new(
        $"The broker {broker.ShownAddress} gives no answer within {patience.TotalSeconds:0} s. Check the address and port in Server, and the network between. {HintOfClosed(broker)}",
        failure);

    /// <summary>It refused to be signed in to.</summary>
    public static IOException OfRefused(MqttClientConnectResult result, MqttBrokerOptions broker)
    {
        var who = string.IsNullOrEmpty(broker.Username) ? "to let in anybody without a name" : $"the user \"{broker.Username}\"";
        var said = string.IsNullOrEmpty(result.ReasonString) ? "" : $" ({Line(result.ReasonString)})";
        return new(result.ResultCode switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned =>
                $"The broker {broker.ShownAddress} refuses {who}{said}. Check Username and Password, and whom the broker lets in",
            MqttClientConnectResultCode.ClientIdentifierNotValid =>
                $"The broker {broker.ShownAddress} refuses the ClientId \"{broker.EffectiveClientId}\"{said}. Give it one that the broker takes",
            MqttClientConnectResultCode.ServerBusy or MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.QuotaExceeded or MqttClientConnectResultCode.ConnectionRateExceeded =>
                $"The broker {broker.ShownAddress} is busy: {result.ResultCode}{said}",
            _ => $"The broker {broker.ShownAddress} refuses the connection: {result.ResultCode}{said}",
        });
    }

    /// <summary>It refused a subscription.</summary>
    public static IOException OfSubscription(string topic, MqttClientSubscribeResultCode code, MqttBrokerOptions broker) => new(
        $"The broker {broker.ShownAddress} refuses to send the topic \"{topic}\": {code}. Let {(string.IsNullOrEmpty(broker.Username) ? "this client" : $"the user \"{broker.Username}\"")} read it there, or take it out");

    /// <summary>The connection ended.</summary>
    public static IOException OfLost(MqttClientDisconnectedEventArgs lost, MqttBrokerOptions broker) =>
        lost.Reason == MqttClientDisconnectReason.SessionTakenOver
            ? new($"Another client with the ClientId \"{broker.EffectiveClientId}\" took the connection to the broker {broker.ShownAddress} over. Give each its own ClientId")
        : lost.Exception is OperationCanceledException or MqttCommunicationTimedOutException
            ? new($"The broker {broker.ShownAddress} has gone silent: no answer for {1.5 * broker.KeepAlive.TotalSeconds:0.#} s. Check the broker, and the network between", lost.Exception)
        : lost.Reason is MqttClientDisconnectReason.ServerShuttingDown
            ? new($"The broker {broker.ShownAddress} is shutting down")
        : lost.Exception is { } failure && Causes(failure).OfType<SocketException>().FirstOrDefault() is { } socket
            ? new($"The connection to the broker {broker.ShownAddress} was lost: {Line(socket.Message)}", failure)
        // Not every broker says why: Mosquitto does not where a second client takes over.
        : new(
            $"The broker {broker.ShownAddress} closed the connection{(lost.Reason == MqttClientDisconnectReason.NormalDisconnection ? "" : $": {lost.Reason}")}. "
            + $"If it does so again and again, another client may have the ClientId \"{broker.EffectiveClientId}\"",
            lost.Exception);

    private static string OfSocket(SocketException failure, MqttBrokerOptions broker) => failure.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
            $"The broker's name \"{broker.Address.Host}\" cannot be resolved. Check it in Server, and this computer's DNS",
        SocketError.ConnectionRefused =>
            $"Nothing listens at {broker.ShownAddress}. Check that the broker runs, and its address and port in Server",
        SocketError.ConnectionReset or SocketError.NotConnected or SocketError.Shutdown =>
            $"The broker {broker.ShownAddress} cut the connection. {HintOfClosed(broker)}",
        _ => $"The broker {broker.ShownAddress} cannot be reached: {Line(failure.Message)}",
    };

    private static string HintOfClosed(MqttBrokerOptions broker) => broker.IsEncrypted
        ? "It may ask for a certificate (CertificateFile, KeyFile), or the port is not for TLS: without TLS write mqtt:// in Server"
        : "Is it a port for MQTT? For TLS write mqtts:// in Server";

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ') + ".";
}
