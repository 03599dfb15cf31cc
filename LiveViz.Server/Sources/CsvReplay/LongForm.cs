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
    public override bool TryRead(SepReader.Row row, DateTime time, List<DataPoint> points, out string problem)
    {
        var cell = row[valueColumn].Span;
        if (!numbers.TryParse(cell, out var value))
        {
            problem = $"the value {CsvText.Quoted(cell)} is not a number";
            return false;
        }

        var quality = Quality.Good;
        if (qualityColumn >= 0 && !TryParseQuality(row[qualityColumn].Span, out quality))
        {
            problem = $"the quality {CsvText.Quoted(row[qualityColumn].Span)} is none of Good, Uncertain and Bad";
            return false;
        }

        var name = row[sensorColumn].Span.Trim();
        if (name.Length == 0)
        {
            problem = "it names no sensor";
            return false;
        }

        points.Add(new DataPoint(sensors.IdOf(name), time, value, value is null ? Quality.Bad : quality));
        problem = "";
        return true;
    }

    // By name only: numbers mean different things in OPC UA (0 is good) and in classic OPC (192 is).
    private static bool TryParseQuality(ReadOnlySpan<char> cell, out Quality quality)
    {
        cell = cell.Trim();
        quality = Quality.Good;
        if (cell.Length == 0 || cell.Equals(nameof(Quality.Good), StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        quality = cell.Equals(nameof(Quality.Uncertain), StringComparison.OrdinalIgnoreCase) ? Quality.Uncertain : Quality.Bad;
        return quality == Quality.Uncertain || cell.Equals(nameof(Quality.Bad), StringComparison.OrdinalIgnoreCase);
    }
}
