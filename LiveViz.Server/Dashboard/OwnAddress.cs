using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LiveViz.Server.Dashboard;

/// <summary>Finds the address at which this server reaches itself.</summary>
internal static class OwnAddress
{
    /// <summary>The configured address, else one of those the server listens on: http before https, and of these loopback.</summary>
    /// <exception cref="InvalidOperationException">It listens on none that it could reach.</exception>
    public static Uri Of(IServer server, string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return new Uri(configured);
        }

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses
            .OrderBy(a => a.StartsWith("https", StringComparison.OrdinalIgnoreCase))
            .ThenByDescending(a => Uri.TryCreate(Callable(a), UriKind.Absolute, out var uri) && uri.IsLoopback)
            .FirstOrDefault()
            ?? throw new InvalidOperationException("The server does not know its own address; set LiveViz:OwnAddress.");

        return new Uri(Callable(address));
    }

    /// <summary>"Every interface" is a place to listen at, not one to call.</summary>
    private static string Callable(string address) =>
        address
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal)
            .Replace("://[::]", "://[::1]", StringComparison.Ordinal);
}
