using System.Text.Json;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>Finds a member of a JSON object by the names on the way there, separated by points.</summary>
internal static class JsonPath
{
    /// <summary>Finds what is at the path. A name may have points of its own: "a.b" is found as one name first.</summary>
    public static bool TryFind(JsonElement item, ReadOnlySpan<char> path, out JsonElement found)
    {
        found = default;
        if (item.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (item.TryGetProperty(path, out found))
        {
            return true;
        }

        for (var point = path.LastIndexOf('.'); point > 0; point = path[..point].LastIndexOf('.'))
        {
            if (item.TryGetProperty(path[..point], out var inner) && TryFind(inner, path[(point + 1)..], out found))
            {
                return true;
            }
        }

        return false;
    }
}
