using System.Net;
using System.Net.Sockets;
using LiveViz.Tests.Running;

namespace LiveViz.Tests.Security;

public sealed class StartTests
{
    [Theory]
    [InlineData("", "", "urls=http://0.0.0.0:0")]
    [InlineData("", "", "urls=http://*:0")]
    [InlineData("", "", "urls=http://plant.example:0")]
    [InlineData("", "", "urls=http://127.0.0.1:0;http://[::]:0")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0", "")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "0", "")]
    [InlineData("Kestrel__Endpoints__Plant__Url", "http://0.0.0.0:0", "")]
    [InlineData("Kestrel__Endpoints__Plant__Url", "http://0.0.0.0:0", "urls=http://127.0.0.1:0")]
    public async Task Server_that_others_could_reach_does_not_start_and_says_so_in_one_line(string variable, string value, string setting)
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync(
            variable == "" ? [] : [(variable, value)], setting == "" ? [] : [setting]);

        Assert.Equal(1, exitCode);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("Overriding address", StringComparison.Ordinal) && !line.StartsWith("warn: Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal));
        var line = Assert.Single(lines);
        Assert.StartsWith("LiveViz does not start: ", line, StringComparison.Ordinal);
        Assert.Matches(@"listens on (0\.0\.0\.0|\[::\]):\d+, which others can reach, and nobody has to sign in", line);
        Assert.EndsWith("listen on localhost only, or set LiveViz:Security:AllowAnonymous to true", line.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_others_may_reach_starts_and_warns()
    {
        await using var server = await LiveVizServer.StartAsync("urls=http://0.0.0.0:0", "LiveViz:Security:AllowAnonymous=true");

        await SayAsync(server, "Anyone who reaches 0.0.0.0:");
        Assert.Contains("warn: ", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_on_loopback_starts_and_says_how_to_open_it()
    {
        await using var server = await LiveVizServer.StartAsync("urls=http://127.0.0.2:0;http://[::1]:0");

        await SayAsync(server, "For this computer only.");
        await SayAsync(server, "LiveViz:Security:AllowAnonymous to true");
        Assert.DoesNotContain("warn: ", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Server_whose_address_is_taken_does_not_start_and_says_what_to_do(string host)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var line = await RefusalAsync($"urls=http://{host}:{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Matches(@"http://127\.0\.0\.1:\d+: address already in use. Stop what uses it, perhaps another LiveViz, or choose another address", line);
    }

    [Fact]
    public async Task Server_whose_address_is_not_this_computers_does_not_start_and_says_so() =>
        Assert.Equal("LiveViz does not start: urls: the server cannot listen on 192.0.2.1:5000: Cannot assign requested address", await RefusalAsync("urls=http://192.0.2.1:5000"));

    [Theory]
    [InlineData("LiveViz:Security:AllowAnonymous=maybe", "LiveViz:Security:AllowAnonymous: \"maybe\" is not true or false")]
    [InlineData("LiveViz:Security:AllowedOrigin=x", "LiveViz:Security:AllowedOrigin: is not known here; known are AllowAnonymous, AllowedOrigins")]
    [InlineData("LiveViz:Security:AllowedOrigins=https://a.example", "LiveViz:Security:AllowedOrigins: is not a list")]
    [InlineData("LiveViz:Security:AllowedOrigins:0=*", "LiveViz:Security:AllowedOrigins:0: \"*\" must be an origin")]
    [InlineData("LiveViz:Security:AllowedOrigins:0=https://a.example/", "LiveViz:Security:AllowedOrigins:0: \"https://a.example/\" must be an origin")]
    [InlineData("LiveViz:Security:AllowedOrigins:0=a.example", "LiveViz:Security:AllowedOrigins:0: \"a.example\" must be an origin")]
    [InlineData("LiveViz:Limits:Connections=0", "LiveViz:Limits:Connections: \"0\" must be from 1 to 1000000")]
    [InlineData("LiveViz:Limits:ConnectionsPerAddress=0", "LiveViz:Limits:ConnectionsPerAddress: \"0\" must be from 1 to 1000000")]
    [InlineData("LiveViz:Limits:StreamsPerConnection=10001", "LiveViz:Limits:StreamsPerConnection: \"10001\" must be from 1 to 10000")]
    [InlineData("LiveViz:Limits:CallsPerSecond=0", "LiveViz:Limits:CallsPerSecond: \"0\" must be from 1 to 100000")]
    [InlineData("LiveViz:Limits:CallBurst=0", "LiveViz:Limits:CallBurst: \"0\" must be from 1 to 1000000")]
    [InlineData("LiveViz:Limits:MessageBytes=1023", "LiveViz:Limits:MessageBytes: \"1023\" must be from 1024 to 67108864 (bytes)")]
    [InlineData("LiveViz:DataPath=README.md", "LiveViz:DataPath: \"README.md\" is a file; it must name a folder that the server may write to")]
    [InlineData("LiveViz:History:Path=docs", "LiveViz:History:Path: \"docs\" is a folder; it must name a file, such as docs")]
    [InlineData("LiveViz:History:Path=", "LiveViz:History:Path: \"\" names no file; it must name a file, such as history.db")]
    [InlineData("LiveViz:Limits:Calls=1", "LiveViz:Limits:Calls: is not known here; known are CallBurst, CallsPerSecond,")]
    public async Task Wrong_setting_stops_the_start_with_one_line(string setting, string message)
    {
        Assert.StartsWith($"LiveViz does not start: {message}", await RefusalAsync(setting), StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(string setting)
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync(setting);

        Assert.Equal(1, exitCode);
        return Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)).TrimEnd();
    }

    private static Task SayAsync(LiveVizServer server, string text) =>
        Eventually.TrueAsync(() => server.Output.Contains(text, StringComparison.Ordinal), $"it says: {text}");
}
