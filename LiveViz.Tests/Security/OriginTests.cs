using System.Net;
using System.Net.WebSockets;
using LiveViz.Tests.Running;
using Microsoft.Net.Http.Headers;

namespace LiveViz.Tests.Security;

public sealed class OriginTests(OriginTests.ServerWithOrigin fixture) : IClassFixture<OriginTests.ServerWithOrigin>, IDisposable
{
    private const string Allowed = "https://app.example";
    private const string Own = "own";

    private readonly HttpClient _http = new() { BaseAddress = fixture.Server.Address };

    public void Dispose() => _http.Dispose();

    public static TheoryData<string, string?, bool> Cases()
    {
        var cases = new TheoryData<string, string?, bool>();
        foreach (var path in new[] { "/hubs/sensors", "/_blazor" })
        {
            cases.Add(path, null, true);
            cases.Add(path, Own, true);
            cases.Add(path, Allowed, true);
            cases.Add(path, "https://app.example:444", false);
            cases.Add(path, "http://app.example", false);
            cases.Add(path, "https://app.example.evil.example", false);
            cases.Add(path, "http://127.0.0.1", false);
            cases.Add(path, "http://127.0.0.1:1", false);
            cases.Add(path, "null", false);
            cases.Add(path, "file://", false);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Negotiation_is_for_own_and_allowed_origins(string path, string? origin, bool isAllowed)
    {
        using var response = await SendAsync(HttpMethod.Post, $"{path}/negotiate?negotiateVersion=1", origin);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(!isAllowed, (await response.Content.ReadAsStringAsync()).Contains("LiveViz:Security:AllowedOrigins", StringComparison.Ordinal));
        Assert.DoesNotContain("fail:", fixture.Server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task WebSocket_is_for_own_and_allowed_origins(string path, string? origin, bool isAllowed)
    {
        using var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", Origin(origin));
        }

        var connecting = socket.ConnectAsync(new UriBuilder(new Uri(fixture.Server.Address, path)) { Scheme = "ws" }.Uri, CancellationToken.None);
        if (isAllowed)
        {
            await connecting;
        }
        else
        {
            Assert.Contains("403", (await Assert.ThrowsAsync<WebSocketException>(() => connecting)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("viz.example", "https://viz.example", true)]
    [InlineData("viz.example:443", "https://viz.example", true)]
    [InlineData("VIZ.example", "https://viz.example", true)]
    [InlineData("viz.example:8443", "https://viz.example", false)]
    [InlineData("viz.example", "https://viz.example:8443", false)]
    public async Task Origin_is_compared_with_the_host_that_a_proxy_passes_on(string host, string origin, bool isAllowed)
    {
        using var response = await SendAsync(HttpMethod.Post, "/hubs/sensors/negotiate?negotiateVersion=1", origin, request => request.Headers.Host = host);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData(Allowed, true)]
    [InlineData("https://evil.example", false)]
    public async Task Preflight_is_answered_for_allowed_origins_only(string origin, bool isAllowed)
    {
        using var response = await SendAsync(HttpMethod.Options, "/hubs/sensors/negotiate?negotiateVersion=1", origin, request =>
        {
            request.Headers.Add(HeaderNames.AccessControlRequestMethod, "POST");
            request.Headers.Add(HeaderNames.AccessControlRequestHeaders, "x-requested-with,x-signalr-user-agent");
        });

        Assert.Equal(isAllowed ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(isAllowed ? [Allowed] : [], Values(response, HeaderNames.AccessControlAllowOrigin));
        Assert.Equal(isAllowed ? ["true"] : [], Values(response, HeaderNames.AccessControlAllowCredentials));
        Assert.Equal(isAllowed ? ["x-requested-with,x-signalr-user-agent"] : [], Values(response, HeaderNames.AccessControlAllowHeaders));
    }

    [Theory]
    [InlineData(Allowed, true)]
    [InlineData(Own, false)]
    public async Task Answers_may_be_read_by_allowed_origins_only(string origin, bool isAllowed)
    {
        using var response = await SendAsync(HttpMethod.Post, "/hubs/sensors/negotiate?negotiateVersion=1", origin);
        using var page = await SendAsync(HttpMethod.Get, "/", origin);

        Assert.Equal(isAllowed ? [Allowed] : [], Values(response, HeaderNames.AccessControlAllowOrigin));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Empty(Values(page, HeaderNames.AccessControlAllowOrigin));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? origin, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (origin is not null)
        {
            request.Headers.Add(HeaderNames.Origin, Origin(origin));
        }

        more?.Invoke(request);
        return await _http.SendAsync(request);
    }

    private string Origin(string origin) => origin == Own ? fixture.Server.Address.GetLeftPart(UriPartial.Authority) : origin;

    private static string[] Values(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? [.. values] : [];

    public sealed class ServerWithOrigin : IAsyncLifetime
    {
        internal LiveVizServer Server { get; private set; } = default!;

        public async Task InitializeAsync() => Server = await LiveVizServer.StartAsync($"LiveViz:Security:AllowedOrigins:0={Allowed}");

        public async Task DisposeAsync() => await Server.DisposeAsync();
    }
}
