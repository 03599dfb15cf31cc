using System.Text;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>
/// How a sensor's id is made of a line: a text with <c>{measurement}</c>, <c>{field}</c>, <c>{tag:NAME}</c> for the value
/// of one tag, and <c>{tags}</c> for all of them, in the order of their names, each as <c>,name=value</c>.
/// </summary>
internal sealed class LineTemplate
{
    /// <summary>What tells any two series apart.</summary>
    public const string Default = "{measurement}{tags}.{field}";

    private readonly List<(Kind Kind, string Text)> _parts = [];

    private LineTemplate()
    {
    }

    private enum Kind
    {
        Literal,
        Measurement,
        Field,
        Tag,
        Tags,
    }

    /// <summary>Reads one.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? TryParse(string text, out LineTemplate template)
    {
        template = new LineTemplate();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOfAny(['{', '}'], at);
            if (open < 0)
            {
                open = text.Length;
            }

            if (open > at)
            {
                template._parts.Add((Kind.Literal, text[at..open]));
            }

            if (open == text.Length)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            if (text[open] == '}' || close < 0 || Part(text[(open + 1)..close]) is not { } part)
            {
                return "must be a text with {measurement}, {field}, {tags} and {tag:NAME} in it, each closed, such as {tag:host}/{measurement}/{field}";
            }

            template._parts.Add(part);
            at = close + 1;
        }

        return template._parts.Count == 0 ? "must not be empty; {measurement}{tags}.{field} is the default" : null;
    }

    /// <summary>A tag it asks for and that is not among these; null where there is none.</summary>
    public string? Missing(IReadOnlyList<KeyValuePair<string, string>> tags) =>
        _parts.Find(part => part.Kind == Kind.Tag && tags.All(tag => tag.Key != part.Text)).Text;

    /// <summary>Makes an id.</summary>
    public string Fill(string measurement, IReadOnlyList<KeyValuePair<string, string>> tags, string field)
    {
        var id = new StringBuilder();
        foreach (var (kind, text) in _parts)
        {
            switch (kind)
            {
                case Kind.Literal:
                    id.Append(text);
                    break;
                case Kind.Measurement:
                    id.Append(measurement);
                    break;
                case Kind.Field:
                    id.Append(field);
                    break;
                case Kind.Tag:
                    id.Append(tags.First(tag => tag.Key == text).Value);
                    break;
                default:
                    foreach (var (name, value) in tags)
                    {
                        id.Append(',').Append(name).Append('=').Append(value);
                    }

                    break;
            }
        }

        return id.ToString();
    }

    private static (Kind Kind, string Text)? Part(string name) => name switch
    {
        "measurement" => (Kind.Measurement, name),
        "field" => (Kind.Field, name),
        "tags" => (Kind.Tags, name),
        _ when name.StartsWith("tag:", StringComparison.Ordinal) && name.Length > 4 => (Kind.Tag, name[4..]),
        _ => null,
    };
}
