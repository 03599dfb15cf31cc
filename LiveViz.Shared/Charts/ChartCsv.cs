using System.Globalization;
using System.Text;

namespace LiveViz.Charts;

/// <summary>
/// Samples as CSV, a line each in the order of sensor and time: what CsvReplay and every spreadsheet read. Times are
/// ISO 8601 UTC, numbers have a point, a missing value is empty.
/// </summary>
internal static class ChartCsv
{
    private const string Head = "timestamp,sensor,value,unit,quality\n";

    /// <summary>Writes what is in a frame.</summary>
    public static byte[] Write(Frame frame, IReadOnlyList<Sensor> sensors)
    {
        var units = sensors.ToDictionary(sensor => sensor.Id, sensor => sensor.Unit, StringComparer.Ordinal);
        var text = new StringBuilder(Head);
        foreach (var column in frame.Columns)
        {
            var (id, unit) = (Quote(column.SensorId), Quote(units.GetValueOrDefault(column.SensorId, "")));
            for (var i = 0; i < column.Ticks.Length; i++)
            {
                var value = column.Values[i];
                text.Append(CultureInfo.InvariantCulture, $"{new DateTime(column.Ticks[i], DateTimeKind.Utc):yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'},{id},");
                text.Append(double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
                text.Append(CultureInfo.InvariantCulture, $",{unit},{column.Marks[i].Quality()}\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quote(string text)
    {
        // A spreadsheet takes what begins so for a formula, wherever the text came from.
        var harmless = text.Length > 0 && text[0] is ('=' or '+' or '-' or '@') ? "'" + text : text;
        return harmless.AsSpan().IndexOfAny(",\"\n\r") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
