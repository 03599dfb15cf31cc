using Microsoft.AspNetCore.Http.Connections.Client;

namespace LiveViz.Feeds;

/// <summary>Where a feed finds its server, and how it connects.</summary>
public sealed class FeedOptions
{
    /// <summary>Address of the LiveViz server, such as <c>http://localhost:5000</c>. There is no default.</summary>
    public Uri? Server { get; set; }

    /// <summary>
    /// Last word on the HTTP connection: headers, access token, certificates, transports. Null changes nothing:
    /// WebSockets where they get through, else long polling.
    /// </summary>
    public Action<HttpConnectionOptions>? ConfigureConnection { get; set; }
}
