using nietras.SeparatedValues;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>How the rows of a file become samples.</summary>
internal abstract class CsvForm
{
    /// <summary>The cell that holds a row's time, counted from 0.</summary>
    public required int TimeColumn { get; init; }

    /// <summary>Makes the samples of a row, which has as many cells as the header.</summary>
    /// <param name="row">The row.</param>
    /// <param name="time">Its time, UTC.</param>
    /// <param name="points">Takes the samples; of no use where false is returned.</param>
    /// <param name="problem">Why the row cannot be read; empty where it can.</param>
    public abstract bool TryRead(SepReader.Row row, DateTime time, List<DataPoint> points, out string problem);
}
