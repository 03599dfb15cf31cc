namespace LiveViz.Server.Sources.Payloads;

/// <summary>The quality of a sample as others write it.</summary>
internal static class SampleQuality
{
    /// <summary>What is said of one that is not known.</summary>
    public const string Allowed = "none of Good, Uncertain and Bad";

    /// <summary>
    /// Parses a quality; nothing is Good. By name only: numbers mean different things in OPC UA (0 is good) and in
    /// classic OPC (192 is).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Quality quality)
    {
        text = text.Trim();
        quality = Quality.Good;
        if (text.Length == 0 || text.Equals(nameof(Quality.Good), StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        quality = text.Equals(nameof(Quality.Uncertain), StringComparison.OrdinalIgnoreCase) ? Quality.Uncertain : Quality.Bad;
        return quality == Quality.Uncertain || text.Equals(nameof(Quality.Bad), StringComparison.OrdinalIgnoreCase);
    }
}
