using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>Recognises by its header what a file holds. What it throws names the file and says what to do.</summary>
/// <param name="names">The cells of the header line, trimmed.</param>
/// <param name="options">The source's settings.</param>
internal sealed class CsvHeader(IReadOnlyList<string> names, CsvReplayOptions options)
{
    // In the order of preference.
    private static readonly string[] TimeNames = ["timestamp", "datetime", "date_time", "time", "date", "ts", "_time"];
    private static readonly string[] SensorNames =
        ["sensor", "sensorid", "sensor_id", "tag", "tagname", "series", "metric", "measurement", "name", "id"];

    private static readonly string[] ValueNames = ["value", "val", "reading"];
    private static readonly string[] QualityNames = ["quality"];

    /// <summary>The character that separates the cells: of ',', ';' and tab the one most frequent outside of quotes.</summary>
    public static char DelimiterOf(string line)
    {
        int commas = 0, semicolons = 0, tabs = 0;
        var quoted = false;
        foreach (var c in line)
        {
            quoted ^= c == '"';
            commas += !quoted && c == ',' ? 1 : 0;
            semicolons += !quoted && c == ';' ? 1 : 0;
            tabs += !quoted && c == '\t' ? 1 : 0;
        }

        return tabs > commas && tabs > semicolons ? '\t' : semicolons > commas ? ';' : ',';
    }

    /// <summary>The form of the file; for a wide one, <paramref name="sensors"/> then lists all of its sensors.</summary>
    /// <exception cref="InvalidDataException">It is no header, or a column that is needed is not there.</exception>
    public CsvForm Recognise(ReplayedSensors sensors, CsvNumbers numbers)
    {
        var sensor = Find(SensorNames);
        var value = Find(ValueNames);
        var quality = Find(QualityNames);
        var isLong = sensor >= 0 && value >= 0;
        var time = FindTime(isLong ? [sensor, value, quality] : []);
        return isLong && time != sensor && time != value
            ? new LongForm(sensor, value, quality, sensors, numbers) { TimeColumn = time }
            : new WideForm(FindSensors(time, sensors), numbers) { TimeColumn = time };
    }

    private int FindTime(int[] taken)
    {
        var time = Find(TimeNames);
        if (!string.IsNullOrWhiteSpace(options.TimestampColumn))
        {
            time = Find([options.TimestampColumn.Trim()]);
            return time >= 0 ? time : throw Failure(
                $"has no column {ShownText.Quoted(options.TimestampColumn)}; set TimestampColumn to one of {string.Join(", ", names)}.");
        }

        if (time < 0)
        {
            time = Enumerable.Range(0, names.Count).Except(taken).FirstOrDefault();
        }

        if (SampleTime.TryParse(names[time], out _) || names.Any(name => IsoTime.TryParse(name.Trim(), out _)))
        {
            throw Failure("has no header: its first line is data. Put a line with the columns' names before it, such as time,sensor-1,sensor-2.");
        }

        return time;
    }

    private List<(int Column, string Name, string Id)> FindSensors(int time, ReplayedSensors sensors)
    {
        var ignored = options.Ignore ?? CsvReplayOptions.DefaultIgnore;
        var columns = Enumerable.Range(0, names.Count)
            .Where(i => i != time && names[i].Length > 0 && !ignored.Contains(names[i], StringComparer.OrdinalIgnoreCase))
            .ToList();
        if (columns.Count == 0)
        {
            throw Failure(
                $"has no sensor column: beside the time column {ShownText.Quoted(names[time])} it needs a column per sensor, "
                + "or a sensor and a value column. Columns are separated by comma, semicolon or tab.");
        }

        var twice = columns.GroupBy(i => names[i], StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1);
        if (twice is not null)
        {
            throw Failure($"has more than one column {ShownText.Quoted(twice.Key)}; rename all but one, or name it in Ignore.");
        }

        // A lone "value" says nothing; the file's name does.
        return columns is [var only] && names[only].Equals("value", StringComparison.OrdinalIgnoreCase)
            ? [(only, names[only], sensors.IdOf(Path.GetFileNameWithoutExtension(options.Path)))]
            : [.. columns.Select(i => (i, names[i], sensors.IdOf(names[i])))];
    }

    private int Find(string[] wanted) => wanted
        .Select(name => Enumerable.Range(0, names.Count)
            .Where(i => names[i].Equals(name, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty(-1).First())
        .FirstOrDefault(i => i >= 0, -1);

    private InvalidDataException Failure(string what) => new($"The file {options.Path} {what}");
}
