using LiveViz.Server;
using Microsoft.Extensions.Configuration;

namespace LiveViz.Tests;

public class ConfigurationReaderTests
{
    [Fact]
    public void Options_are_filled_and_keep_their_defaults_elsewhere()
    {
        var options = Fill(("StaleAfter", "00:01:00"), ("Sources:0:Type", "anything"));

        Assert.Equal((TimeSpan.FromMinutes(1), 256, null), (options.StaleAfter, options.LogMegabytes, options.OwnAddress));
    }

    [Theory]
    [InlineData("stalEafter", "00:00:07")]
    public void Keys_are_known_whatever_their_case(string key, string value) =>
        Assert.Equal(TimeSpan.FromSeconds(7), Fill((key, value)).StaleAfter);

    [Theory]
    [InlineData("StaleAfter", "soon", "LiveViz:StaleAfter: \"soon\" is not a time such as 00:00:05")]
    [InlineData("StaleAfter", "00:00:00", "LiveViz:StaleAfter: \"00:00:00\" must be from 00:00:00.1 to 1.00:00:00")]
    [InlineData("LogMegabytes", "0", "LiveViz:LogMegabytes: \"0\" must be from 1 to 65536 (MiB)")]
    [InlineData("LogMegabytes", "much", "LiveViz:LogMegabytes: \"much\" is not a whole number")]
    [InlineData("LogMegabytes", "99999999999", "LiveViz:LogMegabytes: \"99999999999\" is not a whole number")]
    [InlineData("OwnAddress", "localhost:5000", "LiveViz:OwnAddress: \"localhost:5000\" must be an address such as http://localhost:5000")]
    [InlineData("StaleAftr", "1", "LiveViz:StaleAftr: is not known here; known are DataPath, LogMegabytes, OwnAddress, Sources, StaleAfter")]
    public void Wrong_value_is_one_line_that_names_the_key_and_what_is_allowed(string key, string value, string message) =>
        Assert.Equal(message, Assert.Throws<WrongConfigurationException>(() => Fill((key, value))).Message);

    [Theory]
    [InlineData("LiveVis")]
    [InlineData("liveviz2")]
    [InlineData("LivViz")]
    [InlineData("LiveVzi")]
    public void Section_of_almost_the_name_is_refused_with_what_was_meant(string section) =>
        Assert.Equal($"{section}: is not known; did you mean LiveViz?", Assert.Throws<WrongConfigurationException>(() => Read(($"{section}:StaleAfter", "1"))).Message);

    [Fact]
    public void Sections_of_others_and_values_of_almost_the_name_are_left_alone() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Read(("LIVEVIZ:StaleAfter", "00:00:07"), ("Logging:LogLevel", "x"), ("LiveWire:a", "x"), ("LiveVis", "x")).StaleAfter);

    private static LiveVizOptions Read(params (string Key, string Value)[] entries) =>
        LiveVizServerExtensions.ReadOptions(new ConfigurationBuilder()
            .AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create<string, string?>(entry.Key, entry.Value)))
            .Build());

    private static LiveVizOptions Fill(params (string Key, string Value)[] entries)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create<string, string?>($"LiveViz:{entry.Key}", entry.Value)))
            .Build();
        var options = new LiveVizOptions();
        ConfigurationReader.Fill(configuration.GetSection("LiveViz"), options, alsoKnown: "Sources");
        return options;
    }
}
