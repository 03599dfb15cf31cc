using Microsoft.Extensions.Logging;
using static LiveViz.Tests.Sources.CsvReplay.Replay;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>What becomes of bad rows and of files that cannot be played at all.</summary>
public class CsvFailureTests
{
    [Theory]
    [InlineData("soon,1,2", "the time \"soon\"")]
    [InlineData(",1,2", "no time")]
    [InlineData("2020-02-08 13:00:01,1", "2 cells where the header has 3")]
    [InlineData("2020-02-08 13:00:01,1,2,3", "4 cells where the header has 3")]
    [InlineData("2020-02-08 13:00:01,\"1,2", "a quote is not closed")]
    [InlineData("\"2020-02-08 13:00:01,1,2", "a quote is not closed")]
    [InlineData("2020-02-08 13:00:01,1\",2", "a quote is not closed")]
    [InlineData("2020-02-08 13:00:01,\"\"\"1,2", "a quote is not closed")]
    [InlineData("2020-02-08 13:00:01,\"1\"2\",\"2", "2 cells where the header has 3")]
    public async Task Bad_row_is_counted_reported_and_skipped_with_its_neighbours_untouched(string row, string reason)
    {
        using var file = new TempCsv($"time,a,b\n2020-02-08 13:00:00,1,2\n{row}\n2020-02-08 13:00:02,3,4\n");
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal([new("a", At(13), 1), new("b", At(13), 2), new("a", At(13, 0, 2), 3), new("b", At(13, 0, 2), 4)], points);
        Assert.Equal(1, replay.Source.Rejected);
        var (level, message) = Assert.Single(replay.Logger.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains(file.Path, message, StringComparison.Ordinal);
        Assert.Contains("line 3", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,two", "a", 1, "\"two\" in column \"b\" is not a number")]
    [InlineData("\"1,5\",2", "b", 2, "\"1,5\" in column \"a\" is not a number")]
    public async Task Bad_cell_is_counted_reported_and_skipped_with_the_rest_of_its_row_untouched(string cells, string sensor, double value, string reason)
    {
        using var file = new TempCsv($"time,a,b\n2020-02-08 13:00:00,{cells}\n2020-02-08 13:00:02,3,4\n");
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal([new(sensor, At(13), value), new("a", At(13, 0, 2), 3), new("b", At(13, 0, 2), 4)], points);
        Assert.Equal(1, replay.Source.Rejected);
        Assert.Contains($"line 2: {reason}", Assert.Single(replay.Logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_row_of_a_long_file_is_skipped()
    {
        using var file = new TempCsv("time,sensor,value\n2020-02-08,a,1\n2020-02-08,a,x\n2020-02-08,,2\n2020-02-08,\"a,3\n2020-02-08,a,4\n");
        var replay = new Replay(file.Path);

        Assert.Equal([1, 4], (await replay.Play()).Select(point => point.Value));
        Assert.Equal(3, replay.Source.Rejected);
        Assert.Equal(["a"], replay.Sensors.Select(sensor => sensor.Id));
    }

    [Fact]
    public async Task Many_bad_rows_are_two_lines_in_the_log()
    {
        using var file = new TempCsv("time,a\n2020-02-08,1\n" + string.Concat(Enumerable.Repeat("2020-02-08,\"\n\n", 1000)) + "2020-02-08,2\n");
        var replay = new Replay(file.Path, options => options.Loop = true);

        var points = await replay.Play(most: 6); // three passes

        Assert.Equal([1, 2, 1, 2, 1, 2], points.Select(point => point.Value));
        Assert.Equal(3000, replay.Source.Rejected);
        Assert.Equal(2, replay.Logger.Entries.Count);
        Assert.Contains("line 3", replay.Logger.Entries[0].Message, StringComparison.Ordinal);
        Assert.Contains("1000 rows", replay.Logger.Entries[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1 << 16)]
    [InlineData(200_000)]
    [InlineData((1 << 20) - 20)]
    public async Task Long_line_is_read(int length)
    {
        var name = new string('x', length);

        var points = await PlayText($"time,sensor,value\n2020-02-08,{name},1\n2020-02-08,b,2\n");

        Assert.Equal([name, "b"], points.Select(point => point.SensorId).ToArray());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Line_that_is_too_long_is_skipped_whatever_it_holds(string lineEnd)
    {
        using var file = new TempCsv(string.Join(
            lineEnd, "time,a", "2020-02-08,1", new string('"', 5_000_001), "2020-02-08,2", new string(',', 3 << 20), "2020-02-08,3", new string('x', 3 << 20)));
        var replay = new Replay(file.Path);

        Assert.Equal([1, 2, 3], (await replay.Play()).Select(point => point.Value));
        Assert.Equal(3, replay.Source.Rejected);
        Assert.Contains("line 3", replay.Logger.Entries[0].Message, StringComparison.Ordinal);
        Assert.Contains("1048576 characters", replay.Logger.Entries[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unclosed_quotes_anywhere_in_a_large_file_cost_their_own_rows_only()
    {
        const int Rows = 50_000; // several blocks of every reader on the way
        static string Row(int i) => i % 997 == 0 ? $"2020-02-08,\"{i}" : $"2020-02-08,{i}";
        using var file = new TempCsv("time,a\r\n" + string.Join("\r\n", Enumerable.Range(0, Rows).Select(Row)));
        var replay = new Replay(file.Path);

        var points = await replay.Play();

        Assert.Equal(Enumerable.Range(0, Rows).Where(i => i % 997 != 0).Select(i => (double?)i), points.Select(point => point.Value));
        Assert.Equal(51, replay.Source.Rejected);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n \n\n", "empty")]
    [InlineData("time,a\n", "no row that can be played")]
    [InlineData("time,a\nsoon,1\n", "line 2: the time \"soon\"")]
    [InlineData("2020-02-08,1\n2020-02-09,2\n", "no header")]
    [InlineData("1581168647,1\n1581168648,2\n", "no header")]
    [InlineData("pump,2020-02-08,1\n", "no header")]
    [InlineData("time\n2020-02-08\n", "no sensor column")]
    [InlineData("time,label,\n2020-02-08,1,\n", "no sensor column")]
    [InlineData("time|a\n2020-02-08|1\n", "no sensor column")]
    [InlineData("time,a,b,a\n2020-02-08,1,2,3\n", "more than one column \"a\"")]
    public async Task File_that_cannot_be_played_is_named_with_what_is_wrong(string text, string reason)
    {
        using var file = new TempCsv(text);

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => new Replay(file.Path).Play());

        Assert.Contains(file.Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_file_is_named_with_where_it_was_looked_for()
    {
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => new Replay("no/such.csv").Play());

        Assert.Contains("no/such.csv", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFullPath("no/such.csv"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("set Path", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_time_column_is_named_with_those_there_are()
    {
        using var file = new TempCsv("time,a\n2020-02-08,1\n");

        var failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => new Replay(file.Path, options => options.TimestampColumn = "when").Play());

        Assert.Contains("\"when\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("set TimestampColumn to one of time, a", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_over_once_the_file_is_right()
    {
        using var file = new TempCsv("");
        var replay = new Replay(file.Path);
        await Assert.ThrowsAsync<InvalidDataException>(() => replay.Play());

        await File.WriteAllTextAsync(file.Path, "time,a\n2020-02-08,1\n");

        Assert.Single(await replay.Play());
    }

    [Fact]
    public async Task File_that_is_being_written_to_can_be_played()
    {
        using var file = new TempCsv("time,a\n2020-02-08,1\n");
        await using var writer = new FileStream(file.Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);

        Assert.Single(await new Replay(file.Path).Play());
    }

    [Fact]
    public async Task Text_of_the_file_cannot_forge_the_log()
    {
        using var file = new TempCsv($"time,a\n2020-02-08,1\n\u001b[31m{new string('x', 100)},1\n");
        var replay = new Replay(file.Path);

        await replay.Play();

        Assert.DoesNotContain('\u001b', replay.Logger.Entries[0].Message);
        Assert.DoesNotContain(new string('x', 50), replay.Logger.Entries[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_what_is_allowed()
    {
        Assert.Empty(OptionsCheck.Errors(new Replay("a.csv").Options));
        Assert.Empty(OptionsCheck.Errors(new Replay("a.csv", options => options.Speed = 100_000).Options));
        Assert.Contains("CSV file", Assert.Single(OptionsCheck.Errors(new Replay("").Options)), StringComparison.Ordinal);
        foreach (var speed in new[] { -1, 100_001, double.NaN })
        {
            Assert.Contains("0 (as fast as possible) to 100000", Assert.Single(OptionsCheck.Errors(new Replay("a", options => options.Speed = speed).Options)), StringComparison.Ordinal);
        }
    }
}
