using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

/// <summary>A source that says itself what it is called.</summary>
[SourceType("Named")]
public sealed class PluginNamedSource : ISensorSource
{
    public IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
