using System.Security.Cryptography;
using System.Text;
using LiveViz.Feeds;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Security;

/// <summary>
/// Tells the dashboard's own connections to the hub from those of others. They all come from the server's address,
/// so counted there they would shut out everybody from the eleventh dashboard on; the browser behind each is counted
/// where it comes in. What tells them apart is a secret that never leaves this process but over its own connections.
/// </summary>
internal sealed class OwnConnection : IConfigureOptions<FeedOptions>
{
    public const string Header = "X-LiveViz-Own";

    private readonly string _secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public void Configure(FeedOptions options) =>
        options.ConfigureConnection += http => http.Headers[Header] = _secret;

    public bool IsOwn(HttpContext? request) =>
        request is not null
        && request.Request.Headers[Header] is [{ } claimed]
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claimed), Encoding.UTF8.GetBytes(_secret));
}
