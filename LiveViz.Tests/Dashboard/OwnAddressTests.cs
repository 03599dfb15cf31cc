using LiveViz.Server.Dashboard;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LiveViz.Tests.Dashboard;

public class OwnAddressTests
{
    [Theory]
    [InlineData("http://localhost:5000", "http://localhost:5000/")]
    [InlineData("http://+:80", "http://localhost/")]
    [InlineData("http://*:8080", "http://localhost:8080/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://[::1]:8080/")]
    [InlineData("https://plant:5001", "https://plant:5001/")]
    public void Address_is_one_that_can_be_called(string listens, string called) =>
        Assert.Equal(called, OwnAddress.Of(Listening(listens), null).AbsoluteUri);

    [Fact]
    public void Http_is_taken_before_https() =>
        Assert.Equal("http://localhost:5000/", OwnAddress.Of(Listening("https://localhost:5001", "http://localhost:5000"), "").AbsoluteUri);

    [Fact]
    public void Loopback_is_taken_before_other_addresses() =>
        Assert.Equal("http://127.0.0.1:5000/", OwnAddress.Of(Listening("http://plant:5000", "http://127.0.0.1:5000"), null).AbsoluteUri);

    [Fact]
    public void Configured_address_is_taken_before_all() =>
        Assert.Equal("https://plant.example/", OwnAddress.Of(Listening("http://localhost:5000"), "https://plant.example").AbsoluteUri);

    [Fact]
    public void Server_that_listens_nowhere_says_what_to_set()
    {
        Assert.Contains("LiveViz:OwnAddress", Assert.Throws<InvalidOperationException>(() => OwnAddress.Of(Listening(), null)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => OwnAddress.Of(new FakeServer(), null));
    }

    private static FakeServer Listening(params string[] addresses)
    {
        var server = new FakeServer();
        server.Features.Set<IServerAddressesFeature>(new ServerAddressesFeature());
        foreach (var address in addresses)
        {
            server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Add(address);
        }

        return server;
    }

    private sealed class FakeServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Dispose()
        {
        }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
