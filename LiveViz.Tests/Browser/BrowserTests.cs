namespace LiveViz.Tests.Browser;

/// <summary>Browser tests run one after the other: two browsers at once on two cores prove nothing.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
