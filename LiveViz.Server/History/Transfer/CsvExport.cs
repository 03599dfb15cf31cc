using System.IO.Pipelines;

namespace LiveViz.Server.History.Transfer;

/// <summary>A row for each sample: time, sensor, value and quality, as a CsvReplay source and an import read them back.</summary>
internal sealed class CsvExport : ISampleExport
{
    private const int Flushed = 1 << 16;

    private readonly PipeWriter _output;
    private readonly CsvRow _row;

    /// <summary>Writes the header.</summary>
    /// <param name="output">Where it goes to; not completed by this.</param>
    public CsvExport(PipeWriter output)
    {
        _output = output;
        _row = new CsvRow(output);
        _row.End(Header);
    }

    /// <summary>The names of its columns.</summary>
    public static ReadOnlySpan<byte> Header => "timestamp,sensor,value,quality"u8;

    /// <inheritdoc/>
    public async Task WriteAsync(string sensorId, Samples samples, CancellationToken cancellationToken)
    {
        var sensor = CsvRow.Cell(sensorId);
        for (var i = 0; i < samples.Count; i++)
        {
            _row.Sample(sensor, samples.Ticks[i], samples.Values[i], samples.Marks[i].Quality());
            if (_output.UnflushedBytes > Flushed)
            {
                await _output.FlushAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task FinishAsync(CancellationToken cancellationToken) => await _output.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
