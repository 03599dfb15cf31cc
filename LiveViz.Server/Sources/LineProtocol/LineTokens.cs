using System.Text;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>The escapes of line protocol: a separator after a backslash is none.</summary>
internal static class LineTokens
{
    /// <summary>Finds the first of the separators that no backslash stands before.</summary>
    /// <returns>Where, or -1.</returns>
    public static int Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separators)
    {
        for (var from = 0; ;)
        {
            var found = text[from..].IndexOfAny(separators);
            if (found < 0)
            {
                return -1;
            }

            found += from;
            if (found == 0 || text[found - 1] != '\\')
            {
                return found;
            }

            from = found + 1;
        }
    }

    /// <summary>The text without its escapes. A backslash before anything else stands for itself.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="withEquals">Whether an equals sign can be escaped too: everywhere but in a measurement.</param>
    public static string Unescape(ReadOnlySpan<byte> text, bool withEquals)
    {
        var plain = Encoding.UTF8.GetString(text);
        if (!plain.Contains('\\', StringComparison.Ordinal))
        {
            return plain;
        }

        plain = plain.Replace("\\,", ",", StringComparison.Ordinal).Replace("\\ ", " ", StringComparison.Ordinal);
        return withEquals ? plain.Replace("\\=", "=", StringComparison.Ordinal) : plain;
    }
}
