using System.Text.Unicode;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>A measurement with its tags, read once, and the ids of the sensors of its fields.</summary>
internal sealed class LineSeries
{
    private readonly string _measurement;
    private readonly List<KeyValuePair<string, string>> _tags;
    private readonly Dictionary<byte[], string> _ids = new(ByteComparer.Instance);
    private readonly Dictionary<byte[], string>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    private LineSeries(string measurement, List<KeyValuePair<string, string>> tags)
    {
        _measurement = measurement;
        _tags = tags;
        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Reads what stands before the first space of a line.</summary>
    /// <returns>Null, or why it cannot be read.</returns>
    public static string? TryParse(ReadOnlySpan<byte> key, LineTemplate template, out LineSeries? series)
    {
        series = null;
        if (!Utf8.IsValid(key))
        {
            return "not UTF-8: the measurement or a tag";
        }

        var end = LineTokens.Find(key, ","u8);
        var measurement = end < 0 ? key : key[..end];
        if (measurement.IsEmpty)
        {
            return "missing measurement";
        }

        var tags = new List<KeyValuePair<string, string>>();
        while (end >= 0)
        {
            key = key[(end + 1)..];
            end = LineTokens.Find(key, ","u8);
            if (ReadTag(end < 0 ? key : key[..end], tags) is { } problem)
            {
                return problem;
            }
        }

        tags.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        for (var i = 1; i < tags.Count; i++)
        {
            if (tags[i].Key == tags[i - 1].Key)
            {
                return "duplicate tags";
            }
        }

        if (template.Missing(tags) is { } missing)
        {
            return $"no tag \"{missing}\", which the setting Sensor asks for";
        }

        series = new LineSeries(LineTokens.Unescape(measurement, withEquals: false), tags);
        return null;
    }

    /// <summary>Finds the id of a field's sensor.</summary>
    /// <returns>Null where it is not known yet.</returns>
    public string? Find(ReadOnlySpan<byte> field) => _lookup.TryGetValue(field, out var id) ? id : null;

    /// <summary>Makes the id of a field's sensor.</summary>
    /// <param name="field">The field's key.</param>
    /// <param name="template">How ids are made.</param>
    /// <param name="keep">Whether to know it from now on.</param>
    public string Make(ReadOnlySpan<byte> field, LineTemplate template, bool keep)
    {
        var id = template.Fill(_measurement, _tags, LineTokens.Unescape(field, withEquals: true));
        if (keep)
        {
            _lookup[field] = id;
        }

        return id;
    }

    private static string? ReadTag(ReadOnlySpan<byte> tag, List<KeyValuePair<string, string>> into)
    {
        var equals = LineTokens.Find(tag, "="u8);
        if (equals == 0 || tag.IsEmpty)
        {
            return "missing tag key";
        }

        if (equals < 0 || equals == tag.Length - 1)
        {
            return "missing tag value";
        }

        var value = tag[(equals + 1)..];
        if (LineTokens.Find(value, "="u8) >= 0)
        {
            return "invalid tag format: an equals sign in a tag's value needs a backslash before it";
        }

        into.Add(new(LineTokens.Unescape(tag[..equals], withEquals: true), LineTokens.Unescape(value, withEquals: true)));
        return null;
    }
}
