using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LiveViz.Server.Security;

/// <summary>
/// Keeps scripts of other web pages from the hub, from the dashboard's connection and from sending samples in. CORS alone does not: browsers
/// ask nobody before they open a WebSocket, and a page from anywhere could read the sensors through the browser of
/// whoever looks at it. A browser always says which origin a script is from; programs do not, and are let through.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next, IOptions<CorsOptions> cors, RefusalLog refusals)
{
    private static readonly PathString[] Guarded = ["/hubs", "/_blazor", "/api", "/write"];

    private readonly CorsPolicy _allowed = cors.Value.GetPolicy(SecurityExtensions.AllowedOriginsPolicy)!;

    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0
            || !Array.Exists(Guarded, path => context.Request.Path.StartsWithSegments(path))
            || IsOwn(origin, context.Request.Host)
            || _allowed.IsOriginAllowed(origin))
        {
            return next(context);
        }

        refusals.Note(Caller.Address(context), "origin", $"a page from {Readable(origin)} is not in LiveViz:Security:AllowedOrigins.");
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers[HeaderNames.ContentType] = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            "Pages of other origins may not use this LiveViz server. To allow one, name its origin in LiveViz:Security:AllowedOrigins; "
            + "behind a reverse proxy, let it pass on the Host header.\n");
    }

    /// <summary>
    /// Whether host and port are those that were asked for. Not the scheme: behind a proxy that ends TLS the page is
    /// https and the request is http.
    /// </summary>
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && Uri.TryCreate($"{page.Scheme}://{host}", UriKind.Absolute, out var asked)
        && page.Authority.Length > 0
        && page.Authority.Equals(asked.Authority, StringComparison.OrdinalIgnoreCase);

    private static string Readable(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) ? page.GetLeftPart(UriPartial.Authority) : "an unknown origin";
}
