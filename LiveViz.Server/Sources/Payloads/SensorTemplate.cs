using System.Text;
using System.Text.Json;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>How a sensor's id is made of what a message carries, such as "plant/{key}/{field}".</summary>
internal sealed class SensorTemplate
{
    private const string Field = "field";
    private const string PathMark = "$.";

    private readonly List<Part> _parts = [];

    private SensorTemplate()
    {
    }

    private enum Kind
    {
        Text,
        Name,
        Field,
        Path,
    }

    /// <summary>Whether it tells the values of one message apart.</summary>
    public bool HasField => _parts.Exists(part => part.Kind == Kind.Field);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="names">What may stand in braces.</param>
    /// <param name="isJson">Whether {field} and {$.path} may too.</param>
    /// <exception cref="FormatException">It cannot be used; says why.</exception>
    public static SensorTemplate Parse(string text, IReadOnlyList<string> names, bool isJson)
    {
        var template = new SensorTemplate();
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var open = rest.IndexOfAny('{', '}');
            if (open != 0)
            {
                var end = open < 0 ? rest.Length : open;
                template._parts.Add(new Part(Kind.Text, rest[..end].ToString()));
                rest = rest[end..];
                continue;
            }

            var close = rest.IndexOf('}');
            if (rest[0] == '}' || close < 0)
            {
                throw new FormatException("has a brace without its other one");
            }

            template._parts.Add(PartOf(rest[1..close].ToString(), names, isJson));
            rest = rest[(close + 1)..];
        }

        return template._parts.Count > 0 ? template : throw new FormatException("must not be empty");
    }

    /// <summary>Makes the id.</summary>
    /// <param name="values">What the message carries, in the order of the names; null or empty for what it does not.</param>
    /// <param name="item">The JSON object.</param>
    /// <param name="field">The path of the value.</param>
    /// <param name="id">The id.</param>
    /// <param name="problem">Why there is none; empty where there is one.</param>
    public bool TryFormat(ReadOnlySpan<string?> values, JsonElement item, string field, out string id, out string problem)
    {
        id = problem = "";
        var text = _parts.Count == 1 ? null : new StringBuilder();
        foreach (var part in _parts)
        {
            var value = part.Kind switch
            {
                Kind.Text => part.Text,
                Kind.Field => field,
                Kind.Path => TextAt(item, part.Text),
                _ => part.Index < values.Length ? values[part.Index] : null,
            };
            if (string.IsNullOrEmpty(value))
            {
                problem = part.Kind == Kind.Path ? $"it has no text or number at {part.Text} for the sensor's id" : $"it has no {part.Text} for the sensor's id";
                return false;
            }

            text?.Append(value);
            id = value;
        }

        id = text?.ToString() ?? id;
        return true;
    }

    private static string? TextAt(JsonElement item, string path) => !JsonPath.TryFind(item, path, out var found) ? null : found.ValueKind switch
    {
        JsonValueKind.String => found.GetString(),
        JsonValueKind.Number => found.GetRawText(),
        _ => null,
    };

    private static Part PartOf(string name, IReadOnlyList<string> names, bool isJson)
    {
        if (isJson && name.Equals(Field, StringComparison.OrdinalIgnoreCase))
        {
            return new Part(Kind.Field, Field);
        }

        if (isJson && name.StartsWith(PathMark, StringComparison.Ordinal) && name.Length > PathMark.Length)
        {
            return new Part(Kind.Path, name[PathMark.Length..]);
        }

        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return new Part(Kind.Name, names[i], i);
            }
        }

        var allowed = string.Join(", ", names.Select(known => $"{{{known}}}"));
        throw new FormatException($"has {{{name}}}, which is not known; allowed are {allowed}{(isJson ? ", {field} and {$.path}" : "")}");
    }

    private readonly record struct Part(Kind Kind, string Text, int Index = 0);
}
