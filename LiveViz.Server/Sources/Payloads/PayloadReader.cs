using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>
/// Makes samples of a message: a number as text, a JSON object, or an array of them, in which each object stands for
/// itself. Why something cannot be read it says in words that follow "the message".
/// </summary>
/// <param name="options">Where the message has what.</param>
internal sealed class PayloadReader(PayloadOptions options)
{
    /// <summary>The longest message that is read, in bytes.</summary>
    public const int LongestPayload = 1 << 20;

    private const int LongestNumber = 1 << 16;
    private const string DefaultTimePath = "timestamp";

    private readonly SensorTemplate _sensor = SensorTemplate.Parse(options.Sensor, options.Names, options.Payload == PayloadForm.Json);
    private readonly string _timePath = options.TimePath ?? DefaultTimePath;

    /// <summary>Whether a path in the options stands for every number of an object.</summary>
    public static bool IsEvery(string path) => path == "*" || path.EndsWith(".*", StringComparison.Ordinal);

    /// <summary>Reads a message.</summary>
    /// <param name="payload">The message, UTF-8.</param>
    /// <param name="names">What else it carries, in the order of the options' names.</param>
    /// <param name="time">The message's own time, UTC, for what has no time of its own.</param>
    /// <param name="points">Takes the samples.</param>
    /// <param name="problem">Why the first thing that could not be read could not; empty where all could.</param>
    /// <returns>How many things (messages, objects, values) could not be read.</returns>
    public int Read(ReadOnlyMemory<byte> payload, ReadOnlySpan<string?> names, DateTime time, List<DataPoint> points, out string problem)
    {
        var reading = new Reading(names, time, points);
        problem = ProblemOf(payload.Span);
        if (problem.Length > 0)
        {
            return 1;
        }

        if (options.Payload == PayloadForm.Plain)
        {
            ReadPlain(payload.Span, ref reading);
        }
        else
        {
            ReadJson(payload, ref reading);
        }

        problem = reading.Problem;
        return reading.Rejected;
    }

    private static string ProblemOf(ReadOnlySpan<byte> payload) =>
        payload.IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "is empty"
        : payload.Length > LongestPayload ? $"has {payload.Length} bytes; at most {LongestPayload} are read"
        : !Utf8.IsValid(payload) ? "is no text in UTF-8"
        : "";

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static bool TryParse(JsonElement found, out double? value)
    {
        value = null;
        switch (found.ValueKind)
        {
            case JsonValueKind.Number:
                value = SampleValue.Finite(found.GetDouble());
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = found.GetBoolean() ? 1 : 0;
                return true;
            case JsonValueKind.String:
                return SampleValue.TryParse(found.GetString(), out value);
            default:
                return found.ValueKind == JsonValueKind.Null;
        }
    }

    private void ReadPlain(ReadOnlySpan<byte> payload, ref Reading reading)
    {
        if (payload.Length > LongestNumber || !SampleValue.TryParse(Encoding.UTF8.GetString(payload), out var value))
        {
            reading.Reject($"is not a number: {ShownText.Quoted(Encoding.UTF8.GetString(payload))}");
        }
        else if (!_sensor.TryFormat(reading.Names, default, "", out var id, out var problem))
        {
            reading.Reject($"cannot be read: {problem}");
        }
        else
        {
            reading.Add(id, reading.Time, value, Quality.Good);
        }
    }

    private void ReadJson(ReadOnlyMemory<byte> payload, ref Reading reading)
    {
        try
        {
            using var document = JsonText.Parse(payload);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
            {
                ReadItem(root, ref reading);
                return;
            }

            foreach (var item in root.EnumerateArray())
            {
                reading.Item++;
                ReadItem(item, ref reading);
            }
        }
        catch (JsonException e)
        {
            reading.Item = 0;
            reading.Reject($"is no JSON: {ShownText.Quoted(Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, 200)]))}, line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }
    }

    private void ReadItem(JsonElement item, ref Reading reading)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                reading.Reject($"is {Kind(item)} and not a JSON object");
                return;
            }

            if (TryReadTime(item, ref reading, out var time) && TryReadQuality(item, ref reading, out var quality))
            {
                ReadValues(item, time, quality, ref reading);
            }
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json finds out about half a surrogate pair only where it is read.
            reading.Reject("has a text that is no Unicode");
        }
    }

    private bool TryReadTime(JsonElement item, ref Reading reading, out DateTime time)
    {
        time = reading.Time;
        if (!JsonPath.TryFind(item, _timePath, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            if (options.TimePath is null)
            {
                return true;
            }

            reading.Reject($"has no time at {options.TimePath}");
            return false;
        }

        var text = found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        if (found.ValueKind is JsonValueKind.String or JsonValueKind.Number && SampleTime.TryParse(text, out time, options.TimeUnit))
        {
            return true;
        }

        reading.Reject($"has the time {ShownText.Quoted(text)} at {_timePath}, which is neither ISO 8601 nor a number since 1970");
        return false;
    }

    private bool TryReadQuality(JsonElement item, ref Reading reading, out Quality quality)
    {
        quality = Quality.Good;
        if (!JsonPath.TryFind(item, options.QualityPath, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        var text = found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        if (found.ValueKind == JsonValueKind.String && SampleQuality.TryParse(text, out quality))
        {
            return true;
        }

        reading.Reject($"has the quality {ShownText.Quoted(text)} at {options.QualityPath}, which is {SampleQuality.Allowed}");
        return false;
    }

    private void ReadValues(JsonElement item, DateTime time, Quality quality, ref Reading reading)
    {
        var any = false;
        foreach (var path in options.Values)
        {
            if (IsEvery(path))
            {
                any |= ReadEvery(item, path, time, quality, ref reading);
            }
            else if (JsonPath.TryFind(item, path, out var found))
            {
                any = true;
                ReadValue(item, path, found, time, quality, ref reading);
            }
        }

        if (!any)
        {
            reading.Reject($"has no value at {string.Join(", ", options.Values)}");
        }
    }

    private bool ReadEvery(JsonElement item, string path, DateTime time, Quality quality, ref Reading reading)
    {
        var place = path.Length > 1 ? path[..^2] : "";
        var found = item;
        if ((place.Length > 0 && !JsonPath.TryFind(item, place, out found)) || found.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var any = false;
        foreach (var member in found.EnumerateObject())
        {
            var name = place.Length > 0 ? $"{place}.{member.Name}" : member.Name;
            if (member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
                && name != _timePath && name != options.QualityPath)
            {
                any = true;
                ReadValue(item, name, member.Value, time, quality, ref reading);
            }
        }

        return any;
    }

    private void ReadValue(JsonElement item, string path, JsonElement found, DateTime time, Quality quality, ref Reading reading)
    {
        if (!TryParse(found, out var value))
        {
            reading.Reject($"has {Kind(found)} at {path} that is not a number: {ShownText.Quoted(found.GetRawText())}");
        }
        else if (!_sensor.TryFormat(reading.Names, item, path, out var id, out var problem))
        {
            reading.Reject($"cannot be read: {problem}");
        }
        else
        {
            reading.Add(id, time, value, quality);
        }
    }

    private ref struct Reading(ReadOnlySpan<string?> names, DateTime time, List<DataPoint> points)
    {
        public readonly ReadOnlySpan<string?> Names = names;
        public readonly DateTime Time = time;

        public string Problem { get; private set; } = "";

        public int Rejected { get; private set; }

        /// <summary>Which object of the array, from 1; 0 where there is no array.</summary>
        public int Item { get; set; }

        public void Reject(string problem)
        {
            if (Rejected++ == 0)
            {
                Problem = Item > 0 ? $"has an item {Item} that {problem}" : problem;
            }
        }

        public readonly void Add(string id, DateTime time, double? value, Quality quality) =>
            points.Add(new DataPoint(id, time, value, value is null ? Quality.Bad : quality));
    }
}
