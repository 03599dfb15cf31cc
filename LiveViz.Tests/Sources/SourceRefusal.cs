using LiveViz.Server;
using LiveViz.Server.Sources;
using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

/// <summary>What the start is stopped with where the configuration of a source cannot be run with.</summary>
internal static class SourceRefusal
{
    /// <summary>The one line that says so.</summary>
    /// <param name="type">The kind of source.</param>
    /// <param name="options">Makes its options.</param>
    /// <param name="good">A configuration that can be run with.</param>
    /// <param name="changes">What makes it wrong; a null leaves a key out.</param>
    public static string Of(string type, Func<SourceOptions> options, (string Key, string? Value)[] good, params (string Key, string? Value)[] changes)
    {
        var entries = new Dictionary<string, string?> { ["0:Type"] = type };
        foreach (var (key, value) in good.Concat(changes))
        {
            entries[$"0:{key}"] = value;
        }

        var configuration = TestSources.Configuration([.. entries.Where(entry => entry.Value is not null).Select(entry => (entry.Key, entry.Value))]);
        var known = new SourceType(type, options, (_, _) => throw new InvalidOperationException());
        var message = Assert.Throws<WrongConfigurationException>(() => TestSources.Factory(configuration, known).CreateAll()).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
