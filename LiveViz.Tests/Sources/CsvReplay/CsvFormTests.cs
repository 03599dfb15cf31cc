using System.Text;
using LiveViz.Server;
using LiveViz.Server.Sources.CsvReplay;
using Microsoft.Extensions.Configuration;
using static LiveViz.Tests.Sources.CsvReplay.Replay;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>Which files are understood, and what becomes of their cells.</summary>
public class CsvFormTests
{
    [Theory]
    [InlineData(',', "\n")]
    [InlineData(';', "\r\n")]
    [InlineData('\t', "\n")]
    [InlineData(',', "\r")]
    public async Task Wide_file_gives_a_sample_of_each_column_for_each_row(char delimiter, string lineEnd)
    {
        using var file = new TempCsv(
            "datetime,Pressure,Volume Flow RateRMS\n2020-02-08 13:00:00,1.5,32\n2020-02-08 13:00:01,-2e3,0.1\n"
                .Replace(',', delimiter).Replace("\n", lineEnd, StringComparison.Ordinal));
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal(
            [
                new DataPoint("Pressure", At(13), 1.5),
                new DataPoint("Volume Flow RateRMS", At(13), 32),
                new DataPoint("Pressure", At(13, 0, 1), -2000),
                new DataPoint("Volume Flow RateRMS", At(13, 0, 1), 0.1),
            ],
            points);
        Assert.All(points, point => Assert.Equal(DateTimeKind.Utc, point.Timestamp.Kind));
        Assert.Equal(["Pressure", "Volume Flow RateRMS"], replay.Sensors.Select(sensor => sensor.Id));
        Assert.Equal(0, replay.Source.Rejected);
    }

    [Theory]
    [InlineData("timestamp,sensor,value")]
    [InlineData("TIME,TagName,Reading")]
    [InlineData("ts,metric,val")]
    [InlineData("when,sensor_id,value")]
    public async Task Long_file_gives_a_sample_for_each_row(string header)
    {
        using var file = new TempCsv($"{header}\n2020-02-08T13:00:00Z,b,1\n2020-02-08T13:00:00Z,a,2\n2020-02-08T13:00:01Z, b ,3\n");
        var replay = new Replay(file.Path, options => options.Prefix = "p/");

        var points = await replay.Play();

        Assert.Equal([new("p/b", At(13), 1), new("p/a", At(13), 2), new("p/b", At(13, 0, 1), 3)], points);
        Assert.Equal(["p/b", "p/a"], replay.Sensors.Select(sensor => sensor.Id));
    }

    [Fact]
    public async Task Long_file_in_any_order_of_columns_is_recognised()
    {
        var points = await PlayText("value,extra,series,when\n1,?,a,2020-02-08\n", options => options.TimestampColumn = "WHEN");
        var first = await PlayText("sensor,moment,value\na,2020-02-08,1\n");

        Assert.Equal([new("a", At(0), 1)], points);
        Assert.Equal(points, first);
    }

    [Fact]
    public async Task Sensors_of_a_long_file_are_known_as_they_appear()
    {
        using var file = new TempCsv("time,sensor,value\n2020-02-08,a,1\n2020-02-08,b,1\n");
        var replay = new Replay(file.Path);
        Assert.Empty(replay.Sensors);

        await foreach (var point in replay.Source.ReadAsync(CancellationToken.None))
        {
            Assert.Equal(point.SensorId, replay.Sensors.Last().Id);
        }

        Assert.Equal(2, replay.Sensors.Count);
    }

    [Fact]
    public async Task Quality_column_is_followed_and_a_missing_value_is_bad()
    {
        using var file = new TempCsv(
            "time,sensor,value,quality\n2020-02-08,a,1,Good\n2020-02-08,a,2,UNCERTAIN\n2020-02-08,a,3,bad\n2020-02-08,a,4,\n"
            + "2020-02-08,a,,Good\n2020-02-08,a,5,192\n");
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal(
            [(1, Quality.Good), (2, Quality.Uncertain), (3, Quality.Bad), (4, Quality.Good), (null, Quality.Bad)],
            points.Select(point => (point.Value, point.Quality)));
        Assert.Equal(1, replay.Source.Rejected);
        Assert.Contains("none of Good, Uncertain and Bad", replay.Logger.Entries[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sensors_carry_prefix_group_and_that_they_are_recorded()
    {
        using var file = new TempCsv("time,a,b\n2020-02-08,1,2\n", name: "pump.csv");
        var replay = new Replay(file.Path, options => options.Prefix = "north.");
        var nameless = new Replay(file.Path, options => options.Name = "");
        var grouped = new Replay(file.Path, options => options.Group = "Pumps");

        var points = await replay.Play();
        await nameless.Play();
        await grouped.Play();

        Assert.Equal(["north.a", "north.b"], points.Select(point => point.SensorId));
        Assert.All(replay.Sensors, sensor => Assert.True(sensor is { Recorded: true, Group: "Plant", Resolution: null }));
        Assert.All(nameless.Sensors, sensor => Assert.Equal("pump", sensor.Group));
        Assert.All(grouped.Sensors, sensor => Assert.Equal("Pumps", sensor.Group));
    }

    [Fact]
    public async Task Single_value_column_is_named_after_the_file()
    {
        using var file = new TempCsv("timestamp,Value\n2020-02-08,1\n", name: "machine 7.temp.csv");

        Assert.Equal([new("machine 7.temp", At(0), 1)], await new Replay(file.Path).Play());
        Assert.Equal([new("x-machine 7.temp", At(0), 1)], await new Replay(file.Path, options => options.Prefix = "x-").Play());
    }

    [Fact]
    public async Task Label_columns_are_left_out_by_default_or_as_asked()
    {
        const string Text = "time,a,Anomaly,changepoint,LABEL,is_anomaly\n2020-02-08,1,0,1,2,3\n";

        Assert.Equal(["a"], Ids(await PlayText(Text)));
        Assert.Equal(["Anomaly", "changepoint", "LABEL", "is_anomaly"], Ids(await PlayText(Text, options => options.Ignore = ["A"])));
        Assert.Equal(5, Ids(await PlayText(Text, options => options.Ignore = [""])).Count);
        Assert.Equal(5, Ids(await PlayText(Text, options => options.Ignore = [])).Count);
    }

    [Fact]
    public void Ignore_of_the_configuration_takes_the_place_of_the_default()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("S:Type", "CsvReplay"), new("S:Path", "runs/pump 7.csv"), new("S:Ignore:0", "state"), new("S:Speed", "2.5")])
            .Build();
        var options = new CsvReplayOptions();

        ConfigurationReader.Fill(configuration.GetSection("S"), options);

        Assert.Equal(["state"], options.Ignore);
        Assert.Equal(2.5, options.Speed);
        Assert.Equal("pump 7", options.DefaultName);
    }

    [Fact]
    public async Task Column_without_a_name_is_no_sensor()
    {
        Assert.Equal([new("a", At(0), 5)], await PlayText(",timestamp,a\n0,2020-02-08,5\n"));
    }

    [Fact]
    public async Task Quotes_are_removed_and_protect_the_delimiter()
    {
        var points = await PlayText("\"time\",\"a, \"\"b\"\"\",c\n\"2020-02-08\",\"1.5\",\"2\"\n");

        Assert.Equal([new("a, \"b\"", At(0), 1.5), new("c", At(0), 2)], points);
    }

    [Fact]
    public async Task Byte_order_mark_and_blank_lines_do_not_matter()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            using var file = new TempCsv("\n\ntime,°C\n\n2020-02-08,1\n   \n2020-02-08,2\n\n", encoding);
            var replay = new Replay(file.Path);

            Assert.Equal([new("°C", At(0), 1), new("°C", At(0), 2)], await replay.Play());
            Assert.Equal(0, replay.Source.Rejected);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData("Infinity")]
    [InlineData("-1e999")]
    public async Task Missing_value_is_a_stated_gap(string cell)
    {
        using var file = new TempCsv($"time,a,b\n2020-02-08,{cell},2\n");
        var replay = new Replay(file.Path);

        Assert.Equal([new("a", At(0), null, Quality.Bad), new("b", At(0), 2)], await replay.Play());
        Assert.Equal(0, replay.Source.Rejected);
    }

    [Fact]
    public async Task Decimal_comma_is_accepted_where_the_comma_is_free()
    {
        Assert.Equal([1.5, -0.25, 3], Values(await PlayText("time;a\n2020-02-08;1,5\n2020-02-08;-0,25\n2020-02-08;3\n")));
        Assert.Equal([1.5], Values(await PlayText("time\ta\n2020-02-08\t1,5\n")));
    }

    [Theory]
    [InlineData("1,5", "1.500")]
    [InlineData("1.5", "1,500")]
    [InlineData("2", "1,234.5")]
    [InlineData("2", "1.234,5")]
    [InlineData("2", "1,234,567")]
    public async Task Number_whose_decimal_sign_is_in_doubt_is_refused(string first, string second)
    {
        using var file = new TempCsv($"time;a\n2020-02-08;{first}\n2020-02-08;{second}\n2020-02-08;7\n");
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal(2, points.Count);
        Assert.Equal(7, points[1].Value);
        Assert.Equal(1, replay.Source.Rejected);
    }

    [Fact]
    public async Task Recognised_time_column_needs_not_be_the_first()
    {
        Assert.Equal([new("a", At(3), 1), new("z", At(3), 2)], await PlayText("a,Date_Time,z\n1,2020-02-08 03:00,2\n"));
        Assert.Equal([new("a", At(3), 1)], await PlayText("when,a\n2020-02-08 03:00,1\n"));
        Assert.Equal(
            [new("time", At(3), 1)],
            await PlayText("time,Moment\n1,2020-02-08 03:00\n", options => options.TimestampColumn = "moment"));
    }

    private static List<string> Ids(List<DataPoint> points) => [.. points.Select(point => point.SensorId)];

    private static double?[] Values(List<DataPoint> points) => [.. points.Select(point => point.Value)];
}
