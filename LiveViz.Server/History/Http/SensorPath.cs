using Microsoft.AspNetCore.Http.Features;

namespace LiveViz.Server.History.Http;

/// <summary>The sensor's id in an address such as <c>/api/v1/sensors/line%2F1.speed/history</c>.</summary>
internal static class SensorPath
{
    public const string Before = "/api/v1/sensors/";
    public const string After = "/history";

    /// <summary>
    /// Reads the id from the address as it was sent: what is routed by is decoded but for slashes, so that %2F in it may
    /// have been %2F or %252F. Where a proxy has decoded a slash on the way, it is one of the id all the same.
    /// </summary>
    /// <returns>The id; null where the address ends in something else.</returns>
    public static string? SensorId(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = target.Split('?', 2)[0];
        var begin = path.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        if (begin < 0 || !path.EndsWith(After, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        begin += Before.Length;
        var end = path.Length - After.Length;
        return end > begin ? Uri.UnescapeDataString(path[begin..end]) : null;
    }
}
