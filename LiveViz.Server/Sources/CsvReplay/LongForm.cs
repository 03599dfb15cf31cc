using LiveViz.Server.Sources.Payloads;
using nietras.SeparatedValues;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>A row per sample: its time, its sensor, its value and maybe its quality.</summary>
/// <param name="sensorColumn">Where the sensor's name is, counted from 0.</param>
/// <param name="valueColumn">Where the value is.</param>
/// <param name="qualityColumn">Where the quality is; -1 where there is none and all is Good.</param>
/// <param name="sensors">Takes the sensors as they appear.</param>
/// <param name="numbers">Parses the values.</param>
internal sealed class LongForm(
    int sensorColumn,
    int valueColumn,
    int qualityColumn,
    ReplayedSensors sensors,
    CsvNumbers numbers) : CsvForm
{
    /// <inheritdoc />
    public override string? Read(SepReader.Row row, DateTime time, List<DataPoint> points)
    {
        var cell = row[valueColumn].Span;
        if (!numbers.TryParse(cell, out var value))
        {
            return $"the value {ShownText.Quoted(cell)} is not a number";
        }

        var quality = Quality.Good;
        if (qualityColumn >= 0 && !SampleQuality.TryParse(row[qualityColumn].Span, out quality))
        {
            return $"the quality {ShownText.Quoted(row[qualityColumn].Span)} is none of Good, Uncertain and Bad";
        }

        var name = row[sensorColumn].Span.Trim();
        if (name.Length == 0)
        {
            return "it names no sensor";
        }

        points.Add(new DataPoint(sensors.IdOf(name), time, value, value is null ? Quality.Bad : quality));
        return null;
    }
}
