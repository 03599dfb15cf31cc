using System.IO.Pipelines;
using System.Text;
using LiveViz.Server.History;
using LiveViz.Server.History.Transfer;
using LiveViz.Tests.Sources.CsvReplay;
using Parquet;

namespace LiveViz.Tests.History.Transfer;

/// <summary>What is exported is what was stored: every time, value, gap and quality.</summary>
public sealed class ExportTests
{
    // Times that differ by 100 ns; values at the ends of what there is.
    private static readonly Samples Awkward = new(
        [.. Enumerable.Range(0, 9).Select(i => Clock.Start.Ticks + i)],
        [0.1, -0.0, 5e-324, double.MaxValue, -1.7976931348623157E+308, 9007199254740993, double.NaN, 1.0 / 3, 21.5],
        [.. Enumerable.Range(0, 9).Select(i => (SampleMarks)(i == 6 ? Quality.Bad : (Quality)(i % 3)))]);

    [Theory]
    [InlineData("pump-1")]
    [InlineData("line 1/area;2,\"north\"\u00b0")]
    [InlineData("=1+1")]
    public async Task Csv_is_read_back_without_loss(string id)
    {
        var stream = new MemoryStream();
        await using (var export = new CsvExport(PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true))))
        {
            await export.WriteAsync(id, Awkward, default);
            await export.FinishAsync(default);
        }

        var points = await Replay.PlayText(Encoding.UTF8.GetString(stream.ToArray()));

        Assert.All(points, point => Assert.Equal(id, point.SensorId));
        Assert.Equal(Awkward.Ticks, points.Select(point => point.Timestamp.Ticks));
        Assert.Equal(Bits(Awkward.Values), Bits(points.Select(point => point.Value ?? double.NaN)));
        Assert.Equal(Awkward.Marks.Select(marks => marks.Quality()), points.Select(point => point.Quality));
    }

    [Fact]
    public async Task Parquet_is_read_back_without_loss_over_several_groups_of_rows()
    {
        const int count = 70_000;
        var many = new Samples(
            [.. Enumerable.Range(0, count).Select(i => Clock.Ticks(i) + 3)],
            [.. Enumerable.Range(0, count).Select(i => i * 0.1)],
            new SampleMarks[count]);
        var stream = new MemoryStream();
        await using (var export = await ParquetExport.CreateAsync(stream, default))
        {
            await export.WriteAsync("line/1", many, default);
            await export.WriteAsync("b", Awkward, default);
            await export.FinishAsync(default);
        }

        var rows = await RowsAsync(stream);

        Assert.Equal([.. many.Ticks, .. Awkward.Ticks], rows.Select(row => row.Timestamp.Ticks));
        Assert.Equal(Bits([.. many.Values, .. Awkward.Values]), Bits(rows.Select(row => row.Value ?? double.NaN)));
        Assert.Equal([.. Enumerable.Repeat("line/1", count), .. Enumerable.Repeat("b", Awkward.Count)], rows.Select(row => row.Sensor));
        Assert.Equal(Awkward.Marks.Select(marks => marks.Quality().ToString()), rows.Skip(count).Select(row => row.Quality));
    }

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    private static async Task<List<(DateTime Timestamp, string Sensor, double? Value, string Quality)>> RowsAsync(Stream stream)
    {
        stream.Position = 0;
        var rows = new List<(DateTime, string, double?, string)>();
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.DataFields;
        foreach (var group in reader.RowGroups)
        {
            var times = new DateTime[group.RowCount];
            var sensors = new string[group.RowCount];
            var values = new double?[group.RowCount];
            var qualities = new string[group.RowCount];
            await group.ReadAsync<DateTime>(fields[0], times);
            await group.ReadAsync(fields[1], sensors);
            await group.ReadAsync<double>(fields[2], values);
            await group.ReadAsync(fields[3], qualities);
            rows.AddRange(Enumerable.Range(0, times.Length).Select(i => (times[i], sensors[i], values[i], qualities[i])));
        }

        return rows;
    }
}
