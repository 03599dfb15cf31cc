namespace LiveViz.Server.Sources.Payloads;

/// <summary>How foreign text is quoted in messages.</summary>
internal static class ShownText
{
    private const int Longest = 40;

    /// <summary>On one line and so long at most, for who reads of it on a page: what is no character is shown as unreadable.</summary>
    public static string Cut(string text, int longest) =>
        string.Concat(text.Take(longest).Select(c => char.IsControl(c) ? '\ufffd' : c)) + (text.Length > longest ? "…" : "");

    /// <summary>In quotes, on one line and short, whatever it holds: it goes into logs.</summary>
    public static string Quoted(ReadOnlySpan<char> text)
    {
        var cut = text.Length > Longest;
        Span<char> shown = stackalloc char[Longest];
        shown = shown[..Math.Min(text.Length, Longest)];
        text[..shown.Length].CopyTo(shown);
        foreach (ref var c in shown)
        {
            c = char.IsControl(c) ? ' ' : c;
        }

        return cut ? $"\"{shown}…\"" : $"\"{shown}\"";
    }
}
