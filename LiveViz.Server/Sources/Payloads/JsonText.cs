using System.Text.Json;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>Parses JSON, and what Python and others take for it.</summary>
internal static class JsonText
{
    /// <summary>Parses it. NaN, Infinity and -Infinity, which JSON does not have but which are written all the same, become null.</summary>
    /// <exception cref="JsonException">It is no JSON, that apart.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException) when (text.Span.IndexOf("NaN"u8) >= 0 || text.Span.IndexOf("Infinity"u8) >= 0)
        {
            return JsonDocument.Parse(WithoutNonFinite(text.Span));
        }
    }

    /// <summary>Why a text is no JSON, without what the parser says to whoever calls it.</summary>
    public static string Problem(JsonException failure) =>
        failure.Message.Split(" LineNumber:")[0]
            .Replace(" which is not supported in this mode. Change the reader options", "", StringComparison.Ordinal)
            .Replace("Expected depth to be zero at the end of the JSON payload. There is", "There is", StringComparison.Ordinal)
            .Replace(", when isFinalBlock is true", "", StringComparison.Ordinal)
            .TrimEnd('.');

    private static byte[] WithoutNonFinite(ReadOnlySpan<byte> text)
    {
        var written = new List<byte>(text.Length + 64);
        var quoted = false;
        while (text.Length > 0)
        {
            var taken = quoted ? 0
                : text.StartsWith("NaN"u8) ? 3
                : text.StartsWith("Infinity"u8) ? 8
                : text.StartsWith("-Infinity"u8) ? 9
                : 0;
            if (taken > 0)
            {
                written.AddRange("null"u8);
            }
            else
            {
                taken = quoted && text[0] == '\\' && text.Length > 1 ? 2 : 1;
                quoted ^= text[0] == '"';
                written.AddRange(text[..taken]);
            }

            text = text[taken..];
        }

        return [.. written];
    }
}
