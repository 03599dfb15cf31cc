using System.Text;
using System.Text.Json;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Push;

/// <summary>
/// Reads a sample from JSON: <c>{"sensorId":"a","timestamp":"2026-01-31T12:00:00Z","value":1.5,"quality":"Good"}</c>.
/// </summary>
internal sealed class JsonPointReader : IPointReader
{
    // Of what is no id: times, and numbers and words that were put in quotes.
    private const int LongestText = 64;

    private readonly char[] _text = new char[LongestText];

    /// <inheritdoc/>
    public string? Read(ReadOnlySpan<byte> text, DateTime now, PointBatch into)
    {
        var json = text.Trim(" \t\r"u8);
        if (json.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var problem = ReadPoint(ref reader, now, out var point);
            if (problem is null && !reader.Read())
            {
                into.Add(point);
            }

            return problem;
        }
        catch (JsonException e)
        {
            return $"no JSON: {JsonText.Problem(e)}";
        }
        catch (InvalidOperationException)
        {
            return "no JSON: a text in it is not UTF-8";
        }
    }

    private string? ReadPoint(ref Utf8JsonReader reader, DateTime now, out DataPoint point)
    {
        point = new DataPoint("", now, null);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "no object; a sample is written as {\"sensorId\":\"a\",\"timestamp\":\"2026-01-31T12:00:00Z\",\"value\":1.5}";
        }

        var hasValue = false;
        string? unknown = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? problem = null;
            if (reader.ValueTextEquals("sensorId"u8))
            {
                problem = ReadId(ref reader, ref point);
            }
            else if (reader.ValueTextEquals("timestamp"u8))
            {
                problem = ReadTime(ref reader, now, ref point);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                hasValue = true;
                problem = ReadValue(ref reader, ref point);
            }
            else if (reader.ValueTextEquals("quality"u8))
            {
                problem = ReadQuality(ref reader, ref point);
            }
            else if (Misspelt(ref reader) is { } name)
            {
                problem = $"\"{reader.GetString()}\" is not known; write \"{name}\"";
            }
            else
            {
                // What the hub says of a sample may be said here too: its sequence is stamped anew.
                unknown ??= reader.ValueTextEquals("sequence"u8) ? null : reader.GetString();
                reader.Read();
                reader.Skip();
            }

            if (problem is not null)
            {
                return problem;
            }
        }

        // A sample may have no value; one whose value is called something else would be taken for that.
        return hasValue || unknown is null ? null : $"no \"value\", but \"{Shown(unknown)}\", which is not known";
    }

    // The name that one is but for its case; passed over, the sample would be without what it says.
    private static string? Misspelt(ref Utf8JsonReader reader)
    {
        var written = reader.ValueSpan;
        return Ascii.EqualsIgnoreCase(written, "sensorId"u8) ? "sensorId"
            : Ascii.EqualsIgnoreCase(written, "timestamp"u8) ? "timestamp"
            : Ascii.EqualsIgnoreCase(written, "value"u8) ? "value"
            : Ascii.EqualsIgnoreCase(written, "quality"u8) ? "quality"
            : null;
    }

    private static string? ReadId(ref Utf8JsonReader reader, ref DataPoint point)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            return "its sensorId is no text";
        }

        point = point with { SensorId = reader.GetString()! };
        return null;
    }

    private string? ReadTime(ref Utf8JsonReader reader, DateTime now, ref DataPoint point)
    {
        reader.Read();
        var time = now;
        var isTime = reader.TokenType switch
        {
            JsonTokenType.Null => true,
            JsonTokenType.String or JsonTokenType.Number => TryText(ref reader, out var text) && SampleTime.TryParse(text, out time),
            _ => false,
        };
        point = point with { Timestamp = time };
        return isTime
            ? null
            : "its timestamp is no time; write ISO 8601, such as \"2026-01-31T12:00:00Z\", or a number of seconds, milliseconds, microseconds or nanoseconds since 1970";
    }

    private string? ReadValue(ref Utf8JsonReader reader, ref DataPoint point)
    {
        reader.Read();
        double? value = null;
        var isValue = true;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                value = reader.GetDouble();
                break;
            case JsonTokenType.True or JsonTokenType.False:
                value = reader.GetBoolean() ? 1 : 0;
                break;
            case JsonTokenType.String:
                isValue = TryText(ref reader, out var text) && SampleValue.TryParse(text, out value);
                break;
            default:
                isValue = reader.TokenType == JsonTokenType.Null;
                break;
        }

        point = point with { Value = value };
        return isValue ? null : "its value is none; write a number, true, false, null, \"NaN\", \"Infinity\" or \"-Infinity\"";
    }

    private string? ReadQuality(ref Utf8JsonReader reader, ref DataPoint point)
    {
        reader.Read();
        var quality = Quality.Good;
        var isQuality = reader.TokenType == JsonTokenType.Null
            || (reader.TokenType == JsonTokenType.String && TryText(ref reader, out var text) && SampleQuality.TryParse(text, out quality));
        point = point with { Quality = quality };
        return isQuality ? null : $"its quality is {SampleQuality.Allowed}";
    }

    /// <summary>The text of a string or a number, where it is a short one; valid until the next.</summary>
    private bool TryText(ref Utf8JsonReader reader, out ReadOnlySpan<char> text)
    {
        text = default;
        if (reader.ValueSpan.Length > LongestText)
        {
            return false;
        }

        text = _text.AsSpan(0, reader.TokenType == JsonTokenType.String ? reader.CopyString(_text) : Encoding.UTF8.GetChars(reader.ValueSpan, _text));
        return true;
    }

    private static string Shown(string name) => name.Length > 40 ? name[..40] + "…" : name;
}
