using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Security;

/// <summary>
/// Opens the sockets the server listens on, and refuses one that others can reach while nobody has to sign in. It
/// looks at the socket itself, between its being bound and its taking connections: whichever of the many ways to name
/// an address was taken, it ends here.
/// </summary>
internal sealed class ListenGuard(IOptions<SecurityOptions> security, ILogger<ListenGuard> logger) : IPostConfigureOptions<SocketTransportOptions>
{
    // As much as a connection may have waiting in the kernel beyond what is under way. Unlimited by default, which
    // hides for megabytes that a client does not read.
    private const int UnsentBytes = 16 * 1024;

    private volatile string? _reachable;

    public void PostConfigure(string? name, SocketTransportOptions options)
    {
        var bind = options.CreateBoundListenSocket;
        options.CreateBoundListenSocket = endpoint =>
        {
            var socket = Bind(bind, endpoint);
            try
            {
                Check(socket.LocalEndPoint);
                LimitUnsent(socket);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    }

    /// <summary>Says once at the start who can reach the server.</summary>
    public void Report()
    {
        if (_reachable is { } address)
        {
            logger.LogWarning("Anyone who reaches {Address} can read everything: nobody has to sign in, and LiveViz:Security:AllowAnonymous is true", address);
        }
        else
        {
            logger.LogInformation("For this computer only. To open it to others, put a proxy that asks them to sign in before it, or set LiveViz:Security:AllowAnonymous to true");
        }
    }

    private static Socket Bind(Func<EndPoint, Socket> bind, EndPoint endpoint)
    {
        try
        {
            return bind(endpoint);
        }
        // Kestrel says itself of an address that is taken.
        catch (SocketException e) when (e.SocketErrorCode != SocketError.AddressAlreadyInUse)
        {
            throw new WrongConfigurationException("urls", $"the server cannot listen on {endpoint}: {e.Message}", e);
        }
    }

    private void Check(EndPoint? endpoint)
    {
        if (endpoint is not IPEndPoint ip || IPAddress.IsLoopback(ip.Address))
        {
            return;
        }

        if (!security.Value.AllowAnonymous)
        {
            throw new WrongConfigurationException(
                "LiveViz:Security:AllowAnonymous",
                $"the server listens on {ip}, which others can reach, and nobody has to sign in; "
                + "listen on localhost only, or set LiveViz:Security:AllowAnonymous to true");
        }

        _reachable = ip.ToString();
    }

    /// <summary>
    /// Lets the kernel keep little for a client that does not read, so that sends to it wait and it is noticed; see
    /// <see cref="SlowClients"/>. Linux hands the option down from the listening socket to every one accepted on it.
    /// </summary>
    private static void LimitUnsent(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || socket.LocalEndPoint is not IPEndPoint)
        {
            return;
        }

        try
        {
            const int tcp = 6, notSentLowWater = 25; // IPPROTO_TCP, TCP_NOTSENT_LOWAT
            socket.SetRawSocketOption(tcp, notSentLowWater, BitConverter.GetBytes(UnsentBytes));
        }
        catch (SocketException)
        {
            // Not every kernel that calls itself Linux knows it; the client is noticed later then.
        }
    }
}
