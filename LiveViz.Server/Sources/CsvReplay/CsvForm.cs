using nietras.SeparatedValues;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>How the rows of a file become samples.</summary>
internal abstract class CsvForm
{
    /// <summary>The cell that holds a row's time, counted from 0.</summary>
    public required int TimeColumn { get; init; }

    /// <summary>Makes the samples of a row, which has as many cells as the header, as far as it can be read.</summary>
    /// <param name="row">The row.</param>
    /// <param name="time">Its time, UTC.</param>
    /// <param name="points">Takes the samples.</param>
    /// <returns>Why the row, or the first of its cells that cannot be read, cannot; null where all can.</returns>
    public abstract string? Read(SepReader.Row row, DateTime time, List<DataPoint> points);
}
