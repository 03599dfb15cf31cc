using System.Collections.Immutable;

namespace LiveViz.Tests.Services.Values;

/// <summary>A row of the table.</summary>
/// <param name="Name">What it is called in the ids of sensors: small letters, digits and hyphens.</param>
internal abstract record AwkwardRow(string Name)
{
    /// <summary>What becomes of it at the doors where it is not as everywhere else.</summary>
    public ImmutableDictionary<string, string> Exceptions { get; init; } = ImmutableDictionary<string, string>.Empty;
}
