using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

/// <summary>A source that does what a test says.</summary>
internal sealed class FakeSource(Func<int, CancellationToken, IAsyncEnumerable<DataPoint>> read) : ISensorSource
{
    public List<Sensor> Listed { get; } = [];

    public IReadOnlyCollection<Sensor> Sensors => Listed;

    public bool EndsByItself { get; init; }

    public long Rejected { get; set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken) => read(++Starts, cancellationToken);
}
