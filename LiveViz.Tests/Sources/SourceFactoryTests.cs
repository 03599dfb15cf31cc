using System.ComponentModel.DataAnnotations;
using LiveViz.Server;
using LiveViz.Server.Sources;
using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

public class SourceFactoryTests
{
    private readonly List<SourceOptions> _made = [];

    [Fact]
    public void Sources_are_made_in_the_order_of_the_configuration_of_their_options()
    {
        var sources = Create(
            ("0:Type", "pump"), ("0:Name", "Pump 1"), ("0:Rate", "2.5"), ("0:Every", "00:00:05"), ("0:Loop", "true"), ("0:Mode", "fast"), ("0:Topics:0", "x"), ("0:Settings:a.b", "c"),
            ("1:Type", "Other"));

        Assert.Equal([("Pump 1", "Pump"), ("Other", "Other")], sources.Select(source => (source.Status.Name, source.Status.Type)));
        var options = Assert.IsType<PumpOptions>(_made[0]);
        Assert.Equal(("Pump 1", 2.5, TimeSpan.FromSeconds(5), true, Mode.Fast), (options.Name, options.Rate, options.Every, options.Loop, options.Mode));
        Assert.Equal(["x"], options.Topics);
        Assert.Equal("c", options.Settings["a.b"]);
        Assert.Equal(7, options.Count);
    }

    [Fact]
    public void No_sources_are_no_error() => Assert.Empty(Create());

    [Fact]
    public void Source_without_a_name_has_the_one_its_options_give()
    {
        Assert.Equal(["pump of 3"], Create(("0:Type", "Pump"), ("0:Rate", "3")).Select(source => source.Name));
    }

    [Theory]
    [InlineData("Typ", "x", "0:Typ", "Rate", "Every", "Name")]
    [InlineData("Rate", "fast", "0:Rate", "\"fast\"", "a number")]
    [InlineData("Rate", "1.5.2", "0:Rate", "\"1.5.2\"", "a number")]
    [InlineData("Rate", "NaN", "0:Rate", "must be from 0 to 10")]
    [InlineData("Rate", "11", "0:Rate", "\"11\"", "must be from 0 to 10")]
    [InlineData("Count", "2.5", "0:Count", "\"2.5\"", "a whole number")]
    [InlineData("Every", "five", "0:Every", "\"five\"", "00:00:05")]
    [InlineData("Loop", "maybe", "0:Loop", "\"maybe\"", "true or false")]
    [InlineData("Mode", "sideways", "0:Mode", "\"sideways\"", "Slow, Fast")]
    [InlineData("Mode", "7", "0:Mode", "\"7\"", "Slow, Fast")]
    [InlineData("Rate:Low", "1", "0:Rate", "a number")]
    [InlineData("Name:0", "x", "0:Name", "a text")]
    [InlineData("Topics", "x", "0:Topics", "a list")]
    [InlineData("Settings", "x", "0:Settings", "an object of names and texts")]
    public void Wrong_entry_is_one_line_that_names_the_key_and_what_is_allowed(string key, string value, string named, params string[] says)
    {
        Assert.All(says.Prepend(named), part => Assert.Contains(part, Refusal(("0:Type", "Pump"), ($"0:{key}", value)), StringComparison.Ordinal));
    }

    [Fact]
    public void Missing_type_is_said_with_those_allowed()
    {
        Assert.Equal("LiveViz:Sources:1:Type: is missing; allowed are Pump, Other", Refusal(("0:Type", "Other"), ("1:Name", "x")));
    }

    [Fact]
    public void Unknown_type_is_said_with_those_allowed()
    {
        Assert.Equal("LiveViz:Sources:0:Type: \"Pomp\" is no type of source; allowed are Pump, Other", Refusal(("0:Type", "Pomp")));
    }

    [Fact]
    public void Name_given_twice_is_said_whatever_its_case()
    {
        Assert.Contains("LiveViz:Sources:1:Name: \"x\"", Refusal(("0:Type", "Pump"), ("0:Name", "X"), ("1:Type", "Other"), ("1:Name", "x")), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_of_the_formulas_is_refused() =>
        Assert.Equal(
            "LiveViz:Sources:0:Name: \"formulas\" is what the sensors that formulas calculate are known by; give the source another one",
            Refusal(("0:Type", "Pump"), ("0:Name", "formulas")));

    [Fact]
    public void Type_given_twice_without_a_name_is_said()
    {
        Assert.Contains("LiveViz:Sources:1:Name", Refusal(("0:Type", "Other"), ("1:Type", "Other")), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_too_long_is_said() => Assert.Contains("LiveViz:Sources:0:Name", Refusal(("0:Type", "Pump"), ("0:Name", new string('x', 101))), StringComparison.Ordinal);

    private IReadOnlyList<SupervisedSource> Create(params (string, string?)[] entries)
    {
        return TestSources.Factory(TestSources.Configuration(entries), Type("Pump", () => new PumpOptions()), Type("Other", () => new SourceOptions())).CreateAll();

        SourceType Type(string name, Func<SourceOptions> options) => new(name, options, (_, made) =>
        {
            _made.Add(made);
            return new FakeSource((_, _) => throw new InvalidOperationException());
        });
    }

    private string Refusal(params (string, string?)[] entries)
    {
        var message = Assert.Throws<WrongConfigurationException>(() => Create(entries)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    private enum Mode
    {
        Slow,
        Fast,
    }

    private sealed class PumpOptions : SourceOptions
    {
        [Range(0.0, 10.0, ErrorMessage = "must be from 0 to 10")]
        public double Rate { get; set; } = 1;

        public int Count { get; set; } = 7;

        public TimeSpan Every { get; set; }

        public bool Loop { get; set; }

        public Mode Mode { get; set; }

        public string[] Topics { get; set; } = [];

        public Dictionary<string, string> Settings { get; set; } = [];

        public override string DefaultName => $"pump of {Rate}";
    }
}
