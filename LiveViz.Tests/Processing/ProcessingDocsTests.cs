using System.Text.Json;
using System.Text.RegularExpressions;
using LiveViz.Server.Processing;
using LiveViz.Tests.Running;

namespace LiveViz.Tests.Processing;

/// <summary>What docs/processing.md tells an operator.</summary>
public sealed class ProcessingDocsTests
{
    private static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "processing.md"));

    [Fact]
    public void Configuration_shown_is_one_and_its_formula_is_of_its_inputs()
    {
        var json = Regex.Match(Page, "^```json\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        var settings = ProcessedPlant.Settings(JsonDocument.Parse(json).RootElement.GetProperty("LiveViz").GetProperty("Sensors").GetRawText());

        var formula = Assert.Single(settings.Formulas);
        Assert.Equal(["cooling-return-temperature", "cooling-supply-temperature", "cooling-water-flow"], formula.Formula.Inputs);
    }

    [Fact]
    public void Formula_shown_is_one() =>
        Assert.Equal(["flow", "leak flow", "plant/pump 1/head", "power"], Formula.Parse(Page.Split('\n').Single(line => line.Contains("[leak flow]", StringComparison.Ordinal))).Inputs);

    [Fact]
    public void Every_function_is_shown()
    {
        var message = Assert.Throws<FormatException>(() => Formula.Parse("none([a])")).Message;

        Assert.All(message[(message.IndexOf("known are ", StringComparison.Ordinal) + 10)..].Split(", "), name => Assert.Matches($@"\b{name}\b", Page));
    }

    [Fact]
    public void Every_key_is_shown() =>
        Assert.All(typeof(SensorOptions).GetProperties().Where(property => property.CanWrite), key => Assert.Contains($"`{key.Name}`", Page, StringComparison.Ordinal));
}
