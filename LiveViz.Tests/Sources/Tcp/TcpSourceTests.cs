using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using LiveViz.Server;
using LiveViz.Server.Security;
using LiveViz.Server.Sources.Tcp;
using Microsoft.Extensions.Options;

namespace LiveViz.Tests.Sources.Tcp;

/// <summary>The source alone, with the test in the place of what runs and stores.</summary>
public sealed class TcpSourceTests : IAsyncLifetime, IDisposable
{
    private readonly int _port = LineClient.FreePort();
    private readonly CancellationTokenSource _run = new();
    private readonly Channel<DataPoint> _points = Channel.CreateUnbounded<DataPoint>();
    private readonly ListLogger<TcpSource> _log = new();
    private Task _running = Task.CompletedTask;
    private TcpSource _source = default!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _run.CancelAsync();
        await _running;
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Samples_of_many_are_read_each_line_whole()
    {
        Start();
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LineClient.ConnectAsync(_port)));

        await Task.WhenAll(clients.Select(async (client, number) =>
        {
            for (var i = 0; i < 100; i++)
            {
                await client.WriteAsync($"m,c={number} ");
                await client.WriteAsync($"f={i}\n");
            }
        }));

        var points = await TakeAsync(2000);
        Assert.All(points.GroupBy(point => point.SensorId), sensor => Assert.Equal(Enumerable.Range(0, 100), sensor.Select(point => (int)point.Value!)));
        Assert.Equal(0, _source.Rejected);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Lines_are_acknowledged_when_they_are_stored_and_not_before()
    {
        Start(options => options.Ack = true);
        using var client = await LineClient.ConnectAsync(_port);
        using var other = await LineClient.ConnectAsync(_port);

        await client.WriteAsync("m a=1,b=2\nm a=3\n");
        await TakeAsync(3);
        var answer = client.ReadAsync();
        _source.Committed(2);
        await other.WriteAsync("n a=1\n");
        await TakeAsync(1);
        Assert.False(answer.IsCompleted);

        // Both lines, of two samples and of one, came together: neither is stored before the third sample is.
        _source.Committed(3);
        Assert.Equal("ACK 2", await answer);
        _source.Committed(4);
        Assert.Equal("ACK 1", await other.ReadAsync());

        // What is no sample waits for nothing but what came before it.
        await client.WriteAsync("# a comment\nnonsense\n");
        Assert.Equal("ACK 4", await LastAsync(client, "ACK 4"));
        await client.WriteAsync("m a=4\n");
        await TakeAsync(1);
        await client.WriteAsync("# a comment\n");
        _source.Committed(5);
        Assert.Equal("ACK 6", await LastAsync(client, "ACK 6"));
    }

    [Fact]
    public async Task Client_that_ends_its_side_is_still_told_the_rest()
    {
        Start(options => options.Ack = true);
        using var client = await LineClient.ConnectAsync(_port);

        await client.WriteAsync("m a=1\nm a=2\n");
        client.EndWriting();
        await TakeAsync(2);
        _source.Committed(2);

        Assert.Equal("ACK 2", await LastAsync(client, "ACK 2"));
        Assert.Null(await client.ReadAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Line_that_breaks_off_with_its_client_is_no_sample(bool reset)
    {
        Start();
        using var client = await LineClient.ConnectAsync(_port);
        using var other = await LineClient.ConnectAsync(_port);

        await client.WriteAsync("m a=1\nm a=12");
        await TakeAsync(1);
        if (reset)
        {
            client.Kill();
        }
        else
        {
            client.EndWriting();
            Assert.Null(await client.ReadAsync());
            Assert.Equal(1, _source.Rejected);
        }

        await other.WriteAsync("n a=1\n");
        Assert.Equal("n.a", Assert.Single(await TakeAsync(1)).SensorId);
    }

    [Fact]
    public async Task Nonsense_is_counted_logged_once_and_costs_nobody_anything()
    {
        Start();
        using var hostile = await LineClient.ConnectAsync(_port);
        using var silent = await LineClient.ConnectAsync(_port);
        using var good = await LineClient.ConnectAsync(_port);
        await silent.WriteAsync("half a line");

        await hostile.WriteAsync(new string('x', 1_000_000));
        await hostile.WriteAsync("\n" + string.Concat(Enumerable.Repeat("\0\u0001 nonsense=\n", 10_000)) + "m a=1\n");
        await good.WriteAsync("good a=1\n");

        Assert.Equal(["good.a", "m.a"], (await TakeAsync(2)).Select(point => point.SensorId).Order());
        Assert.Equal(10_001, _source.Rejected);
        Assert.Contains("longer than 65536 bytes", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_that_does_not_read_its_acknowledgements_holds_up_nobody()
    {
        Start(options => options.Ack = true);
        using var deaf = await LineClient.ConnectAsync(_port);
        using var good = await LineClient.ConnectAsync(_port);

        for (var i = 0; i < 200; i++)
        {
            await deaf.WriteAsync(string.Concat(Enumerable.Repeat("m a=1\n", 100)));
            await TakeAsync(100);
            _source.Committed((i + 1) * 100);
        }

        await good.WriteAsync("n a=1\n");
        await TakeAsync(1);
        _source.Committed(20_001);
        Assert.Equal("ACK 1", await good.ReadAsync());
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed_and_one_that_ends_makes_room()
    {
        Start(options => options.Connections = 2);
        var first = await LineClient.ConnectAsync(_port);
        using var second = await LineClient.ConnectAsync(_port);
        await first.WriteAsync("m a=1\n");
        await second.WriteAsync("m a=1\n");
        await TakeAsync(2);
        using var third = await LineClient.ConnectAsync(_port);

        Assert.Null(await third.ReadAsync());
        first.Dispose();
        var taken = TakeAsync(1);
        while (!taken.IsCompleted)
        {
            using var next = await LineClient.ConnectAsync(_port);
            try
            {
                await next.WriteAsync("m a=2\n");
                await Task.WhenAny(taken, next.ReadAsync());
            }
            catch (IOException)
            {
                // Not yet.
            }
        }

        Assert.Equal(2, (await taken)[0].Value);
    }

    [Fact]
    public async Task Address_in_use_is_said_and_is_taken_once_it_is_free()
    {
        var occupant = new TcpListener(IPAddress.Loopback, _port);
        occupant.Start();
        var source = New();

        var failure = await Assert.ThrowsAsync<IOException>(async () => await source.ReadAsync(_run.Token).GetAsyncEnumerator().MoveNextAsync());

        Assert.Equal($"127.0.0.1:{_port} is in use: another program listens there; end it, or set Listen to another port", failure.Message);
        occupant.Stop();
        Start();
        using var client = await LineClient.ConnectAsync(_port);
        await client.WriteAsync("m a=1\n");
        await TakeAsync(1);
    }

    [Fact]
    public async Task Run_that_is_begun_again_counts_anew()
    {
        Start(options => options.Ack = true);
        using var before = await LineClient.ConnectAsync(_port);
        await before.WriteAsync("m a=1\nm a=2\n");
        await TakeAsync(2);
        await _run.CancelAsync();
        await _running;
        Assert.Null(await before.ReadAsync());

        using var again = new CancellationTokenSource();
        var running = RunAsync(_source, again.Token);
        using var client = await LineClient.ConnectAsync(_port);
        await client.WriteAsync("m a=1\n");
        await TakeAsync(1);
        _source.Committed(1);
        Assert.Equal("ACK 1", await client.ReadAsync());
        await again.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData("0.0.0.0:8094")]
    [InlineData("[::]:8094")]
    [InlineData("192.0.2.1:8094")]
    public void Others_can_reach_it_only_where_that_is_allowed(string listen)
    {
        var message = Assert.Throws<WrongConfigurationException>(() => New(options => options.Listen = listen)).Message;

        Assert.StartsWith("LiveViz:Security:AllowAnonymous:", message, StringComparison.Ordinal);
        Assert.Contains(listen, message, StringComparison.Ordinal);
        New(options => options.Listen = listen, allowAnonymous: true);
    }

    [Theory]
    [InlineData("127.0.0.1:8094", true)]
    [InlineData("[::1]:8094", true)]
    [InlineData("localhost:8094", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.1:0", false)]
    [InlineData("8094", false)]
    [InlineData("", false)]
    [InlineData("plc:8094", false)]
    [InlineData("127.0.0.1:80940", false)]
    public void Listen_is_an_address_and_a_port(string listen, bool isAllowed) =>
        Assert.Equal(isAllowed, OptionsCheck.Errors(new TcpOptions { Type = "Tcp", Listen = listen }).Count == 0);

    private TcpSource New(Action<TcpOptions>? configure = null, bool allowAnonymous = false)
    {
        var options = new TcpOptions { Name = "Tcp", Type = "Tcp", Listen = $"127.0.0.1:{_port}" };
        configure?.Invoke(options);
        return new TcpSource(
            options, Options.Create(new SecurityOptions { AllowAnonymous = allowAnonymous }),
            new RefusalLog(TimeProvider.System, new ListLogger<RefusalLog>()), TimeProvider.System, _log);
    }

    private void Start(Action<TcpOptions>? configure = null)
    {
        _source = New(configure);
        _running = RunAsync(_source, _run.Token);
    }

    private async Task RunAsync(TcpSource source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var point in source.ReadAsync(cancellationToken))
            {
                _points.Writer.TryWrite(point);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<DataPoint[]> TakeAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var points = new DataPoint[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = await _points.Reader.ReadAsync(patience.Token);
        }

        return points;
    }

    private static async Task<string?> LastAsync(LineClient client, string expected)
    {
        while (await client.ReadAsync() is { } line)
        {
            if (line == expected)
            {
                return line;
            }
        }

        return null;
    }
}
