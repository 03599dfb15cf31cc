using Parquet;
using Parquet.Schema;

namespace LiveViz.Server.History.Transfer;

/// <summary>
/// Parquet: columns <c>timestamp</c> (UTC, nanoseconds, so that the 100 ns of a sample are kept), <c>sensor</c>,
/// <c>value</c> (null where there is none) and <c>quality</c>. A group of rows is in memory at a time.
/// </summary>
internal sealed class ParquetExport : ISampleExport
{
    private const int RowsInGroup = 1 << 16;

    private static readonly DataField Timestamp = new DateTimeDataField("timestamp", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Nanos, isNullable: false);
    private static readonly DataField Sensor = new("sensor", typeof(string), isNullable: false);
    private static readonly DataField Value = new("value", typeof(double), isNullable: true);
    private static readonly DataField Quality = new("quality", typeof(string), isNullable: false);
    private static readonly ParquetSchema Schema = new(Timestamp, Sensor, Value, Quality);

    private readonly ParquetWriter _writer;
    private readonly DateTime[] _times = new DateTime[RowsInGroup];
    private readonly string[] _sensors = new string[RowsInGroup];
    private readonly double?[] _values = new double?[RowsInGroup];
    private readonly string[] _qualities = new string[RowsInGroup];
    private int _rows;

    private ParquetExport(ParquetWriter writer) => _writer = writer;

    /// <summary>Begins one.</summary>
    /// <param name="output">Where it goes to; need not be seekable, and is written to asynchronously only.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<ParquetExport> CreateAsync(Stream output, CancellationToken cancellationToken)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        return new ParquetExport(await ParquetWriter.CreateAsync(Schema, new ForwardStream(output), options, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string sensorId, Samples samples, CancellationToken cancellationToken)
    {
        for (var i = 0; i < samples.Count; i++)
        {
            _times[_rows] = new DateTime(samples.Ticks[i], DateTimeKind.Utc);
            _sensors[_rows] = sensorId;
            _values[_rows] = double.IsNaN(samples.Values[i]) ? null : samples.Values[i];
            _qualities[_rows] = samples.Marks[i].Quality() switch
            {
                LiveViz.Quality.Good => nameof(LiveViz.Quality.Good),
                LiveViz.Quality.Uncertain => nameof(LiveViz.Quality.Uncertain),
                _ => nameof(LiveViz.Quality.Bad),
            };
            if (++_rows == RowsInGroup)
            {
                await WriteGroupAsync(cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_rows > 0)
        {
            await WriteGroupAsync(cancellationToken);
        }

        await _writer.DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync<DateTime>(Timestamp, _times.AsMemory(0, _rows), cancellationToken: cancellationToken);
        await group.WriteAsync(Sensor, new ArraySegment<string>(_sensors, 0, _rows));
        await group.WriteAsync<double>(Value, _values.AsMemory(0, _rows), cancellationToken: cancellationToken);
        await group.WriteAsync(Quality, new ArraySegment<string>(_qualities, 0, _rows));
        group.CompleteValidate();
        _rows = 0;
    }
}
