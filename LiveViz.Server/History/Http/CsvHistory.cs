using System.Buffers;
using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Http;

/// <summary>A sensor's past as CSV: samples in the same form as an export.</summary>
internal sealed class CsvHistory(IBufferWriter<byte> output) : IHistoryForm
{
    private readonly CsvRow _row = new(output);
    private byte[] _sensor = [];

    /// <inheritdoc/>
    public string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public void BeginSamples(HistoryHead head)
    {
        _sensor = CsvRow.Cell(head.Sensor.Id);
        _row.End(CsvExport.Header);
    }

    /// <inheritdoc/>
    public void Sample(long ticks, double value, Quality quality) => _row.Sample(_sensor, ticks, value, quality);

    /// <inheritdoc/>
    public void BeginBuckets(HistoryHead head, long bucketTicks) => _row.End("timestamp,first,min,max,last,mean,count,missing,quality"u8);

    /// <inheritdoc/>
    public void Bucket(long fromTicks, in Rollup rollup)
    {
        _row.Time(fromTicks);
        foreach (var value in (ReadOnlySpan<double>)[rollup.First, rollup.Low, rollup.High, rollup.Last, rollup.Mean()])
        {
            _row.Number(rollup.Count > 0 ? value : double.NaN);
        }

        _row.Count(rollup.Count);
        _row.Count(rollup.Missing);
        _row.End(CsvRow.Word(rollup.Quality()));
    }

    /// <inheritdoc/>
    public void End()
    {
        // A row ends with itself.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing.
    }
}
