using System.Net;
using System.Net.Sockets;
using LiveViz.Server;
using LiveViz.Server.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LiveViz.Tests.Security;

public sealed class ListenGuardTests
{
    private readonly SocketTransportOptions _options = new();

    public ListenGuardTests() => Guard(_options);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.3.2.1")]
    [InlineData("::1")]
    public void Loopback_is_open_to_this_computer_only(string address)
    {
        using var socket = _options.CreateBoundListenSocket(new IPEndPoint(IPAddress.Parse(address), 0));

        Assert.True(socket.IsBound);
    }

    [Fact]
    public void Unix_socket_is_open_to_this_computer_only()
    {
        var path = Path.Combine(Path.GetTempPath(), $"liveviz-{Guid.NewGuid():N}.sock");
        using var socket = _options.CreateBoundListenSocket(new UnixDomainSocketEndPoint(path));

        Assert.True(socket.IsBound);
    }

    [Fact]
    public void Socket_that_others_could_reach_is_given_up_before_it_takes_connections()
    {
        Socket? bound = null;
        var options = new SocketTransportOptions { CreateBoundListenSocket = endpoint => bound = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint) };
        Guard(options);

        Assert.Throws<WrongConfigurationException>(() => options.CreateBoundListenSocket(new IPEndPoint(IPAddress.Any, 0)));

        Assert.Throws<ObjectDisposedException>(() => bound!.Listen());
    }

    [Fact]
    public void Socket_handed_over_by_another_process_is_looked_at_too()
    {
        using var handed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        handed.Bind(new IPEndPoint(IPAddress.Any, 0));

        Assert.Throws<WrongConfigurationException>(() => _options.CreateBoundListenSocket(new FileHandleEndPoint((ulong)handed.Handle, FileHandleType.Tcp)));
    }

    [Fact]
    public async Task Http3_which_opens_other_sockets_is_left_out()
    {
        await using var app = await AppHere.StartAsync(builder => builder.Services.AddSingleton<IMultiplexedConnectionListenerFactory>(
            _ => throw new InvalidOperationException("It was asked for.")));

        Assert.Empty(app.Services.GetServices<IMultiplexedConnectionListenerFactory>());
    }

    [Fact]
    public async Task Accepted_connections_keep_little_that_is_not_sent()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var listening = _options.CreateBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.LocalEndPoint!);
        using var accepted = await listening.AcceptAsync();
        var bytes = new byte[4];

        accepted.GetRawSocketOption(6, 25, bytes);

        Assert.Equal(16 * 1024, BitConverter.ToInt32(bytes));
    }

    private static void Guard(SocketTransportOptions options) =>
        new ListenGuard(Options.Create(new SecurityOptions()), new ListLogger<ListenGuard>()).PostConfigure(null, options);
}
