using Microsoft.Net.Http.Headers;

namespace LiveViz.Server.History.Http;

/// <summary>In which form a client wants an answer.</summary>
internal static class RequestedFormat
{
    /// <summary>Whether CSV is wanted: <c>format</c> says so, or else the header Accept, where it prefers it to JSON.</summary>
    /// <returns>Null where <c>format</c> is neither csv nor json.</returns>
    public static bool? IsCsv(HttpRequest request, string? format)
    {
        if (!string.IsNullOrEmpty(format))
        {
            return format.Equals("csv", StringComparison.OrdinalIgnoreCase) ? true
                : format.Equals("json", StringComparison.OrdinalIgnoreCase) ? false
                : null;
        }

        var accepted = request.GetTypedHeaders().Accept;
        var csv = Preference(accepted, "text/csv");
        return csv > 0 && csv > Preference(accepted, "application/json");
    }

    private static double Preference(IList<MediaTypeHeaderValue> accepted, string type) => accepted
        .Where(range => new MediaTypeHeaderValue(type).IsSubsetOf(range))
        // What names the type itself counts before what also covers it, such as */*.
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
