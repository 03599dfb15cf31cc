using System.Globalization;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>
/// Real recordings, every point compared with what a plain reading of the file gives: split at line ends and
/// delimiters, parsed by the framework.
/// </summary>
public class RecordingTests
{
    [SharedDataFact("skab/valve1-0.csv")]
    public Task Skab_valve_is_played_point_for_point() => Compare("skab/valve1-0.csv", ';', sensors: 8, rows: 1147);

    [SharedDataFact("skab/anomaly-free.csv")]
    public Task Skab_anomaly_free_is_played_point_for_point() => Compare("skab/anomaly-free.csv", ';', sensors: 8, rows: 9405);

    [SharedDataFact("nab/machine_temperature_system_failure.csv")]
    public Task Nab_machine_temperature_is_played_point_for_point() =>
        Compare("nab/machine_temperature_system_failure.csv", ',', sensors: 1, rows: 22695, "machine_temperature_system_failure");

    [SharedDataFact("skab/valve1-0.csv")]
    public async Task Skab_valve_ten_times_as_fast_takes_a_tenth_of_its_time()
    {
        var replay = new Replay(SharedData.Find("skab/valve1-0.csv")!, options => options.Speed = 10);

        var points = await replay.PlayTimed();

        var first = points[0].Point.Timestamp;
        Assert.All(points, point => Assert.Equal((point.Point.Timestamp - first) / 10, point.After));
    }

    private static async Task Compare(string name, char delimiter, int sensors, int rows, string? only = null)
    {
        var path = SharedData.Find(name)!;
        var expected = Plain(await File.ReadAllTextAsync(path), delimiter, only);
        var replay = new Replay(path);

        var points = await replay.Play();

        Assert.Equal(rows * sensors, expected.Count);
        Assert.Equal(sensors, replay.Sensors.Count);
        Assert.Equal(0, replay.Source.Rejected);
        Assert.Equal(expected.Count, points.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], points[i]);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected[i].Value!.Value), BitConverter.DoubleToInt64Bits(points[i].Value!.Value));
            Assert.Equal(DateTimeKind.Utc, points[i].Timestamp.Kind);
        }
    }

    private static List<DataPoint> Plain(string text, char delimiter, string? only)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
        var header = lines[0].Split(delimiter);
        var points = new List<DataPoint>();
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(delimiter);
            var time = DateTime.SpecifyKind(
                DateTime.ParseExact(cells[0], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), DateTimeKind.Utc);
            for (var i = 1; i < cells.Length; i++)
            {
                if (header[i] is not ("anomaly" or "changepoint"))
                {
                    points.Add(new DataPoint(only ?? header[i], time, double.Parse(cells[i], CultureInfo.InvariantCulture)));
                }
            }
        }

        return points;
    }
}
