using System.Globalization;

namespace LiveViz.Tests.Sources;

/// <summary>How many hostile inputs a test makes: 100,000, or as many as the environment variable LIVEVIZ_FUZZ says.</summary>
internal static class FuzzRuns
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LIVEVIZ_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 100_000;
}
