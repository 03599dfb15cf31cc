using System.Buffers;
using System.Text.Json;

namespace LiveViz.Server.History.Http;

/// <summary>A sensor's past as one JSON object.</summary>
internal sealed class JsonHistory(IBufferWriter<byte> output) : IHistoryForm
{
    private readonly Utf8JsonWriter _json = new(output);

    /// <inheritdoc/>
    public string ContentType => "application/json; charset=utf-8";

    /// <inheritdoc/>
    public void BeginSamples(HistoryHead head)
    {
        Begin(head);
        _json.WriteStartArray("samples");
    }

    /// <inheritdoc/>
    public void Sample(long ticks, double value, Quality quality)
    {
        _json.WriteStartObject();
        Time("timestamp", ticks);
        Number("value", value);
        _json.WriteString("quality", quality.ToString());
        EndOne();
    }

    /// <inheritdoc/>
    public void BeginBuckets(HistoryHead head, long bucketTicks)
    {
        Begin(head);
        _json.WriteNumber("bucketSeconds", bucketTicks / (double)TimeSpan.TicksPerSecond);
        _json.WriteStartArray("buckets");
    }

    /// <inheritdoc/>
    public void Bucket(long fromTicks, in Rollup rollup)
    {
        var has = rollup.Count > 0;
        _json.WriteStartObject();
        Time("timestamp", fromTicks);
        Number("first", has ? rollup.First : double.NaN);
        Number("min", has ? rollup.Low : double.NaN);
        Number("max", has ? rollup.High : double.NaN);
        Number("last", has ? rollup.Last : double.NaN);
        Number("mean", rollup.Mean());
        _json.WriteNumber("count", rollup.Count);
        _json.WriteNumber("missing", rollup.Missing);
        _json.WriteString("quality", rollup.Quality().ToString());
        EndOne();
    }

    /// <inheritdoc/>
    public void End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void EndOne()
    {
        _json.WriteEndObject();
        // It must hold nothing back: the buffer may be sent after each.
        _json.Flush();
    }

    private void Begin(HistoryHead head)
    {
        _json.WriteStartObject();
        _json.WriteString("sensor", head.Sensor.Id);
        _json.WriteString("unit", head.Sensor.Unit);
        Time("from", head.Range.From);
        Time("to", head.Range.Until);
        _json.WriteString("source", head.IsStored ? "history" : "memory");
        _json.WriteBoolean("complete", head.IsComplete);
    }

    private void Time(string name, long ticks) => _json.WriteString(name, new DateTime(ticks, DateTimeKind.Utc).ToString("O"));

    private void Number(string name, double value)
    {
        if (double.IsNaN(value))
        {
            _json.WriteNull(name);
        }
        else
        {
            _json.WriteNumber(name, value);
        }
    }
}
