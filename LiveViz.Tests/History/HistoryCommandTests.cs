using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using LiveViz.Server.History.Commands;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources;

namespace LiveViz.Tests.History;

/// <summary>The commands as an operator types them.</summary>
public sealed class HistoryCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-commands");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("imprt", "imprt", "x.csv")]
    [InlineData("import", "--LiveViz:History:Store=None", "import", "x.csv")]
    [InlineData("export", "--urls", "http://127.0.0.1:1", "export")]
    [InlineData(null, "--urls", "http://127.0.0.1:1", "--a=b", "c=d", "/e", "f")]
    public void Word_that_is_no_setting_is_found(string? word, params string[] arguments) => Assert.Equal(word, HistoryCommands.Stray(arguments));

    [Fact]
    public async Task Command_that_is_misspelt_does_not_start_a_server()
    {
        var (exitCode, _, error) = await LiveVizCommand.RunAsync("imprt", "x.csv");

        Assert.Equal(1, exitCode);
        Assert.Contains("\"imprt\" is not understood there", error, StringComparison.Ordinal);
    }

    private string Setting => $"--LiveViz:History:Path={File("history.db")}";

    [SharedDataFact("skab/valve1-0.csv")]
    public async Task Recording_comes_out_as_it_went_in()
    {
        var recording = SharedData.Find("skab/valve1-0.csv")!;

        var import = await LiveVizCommand.RunAsync("import", Path.GetDirectoryName(recording)!, Setting);
        var again = await LiveVizCommand.RunAsync("import", recording, Setting);
        var export = await LiveVizCommand.RunAsync("export", "--sensors", "Pressure,Voltage", "--from", "2020-03-09", "--to", "2020-03-10", "-o", File("out.csv"), Setting);

        Assert.Equal((0, 0, 0), (import.ExitCode, again.ExitCode, export.ExitCode));
        Assert.Contains("of 8 sensors, from 2020-02-08T13:30:47.0000000Z to 2020-03-09T10:34:32.0000000Z", import.Output);
        Assert.Contains(" 0 added, 0 replaced, ", again.Output);
        var expected = Rows(await System.IO.File.ReadAllLinesAsync(recording), "Pressure", "Voltage");
        var exported = await System.IO.File.ReadAllLinesAsync(File("out.csv"));
        Assert.Equal("timestamp,sensor,value,quality", exported[0]);
        Assert.Equal(expected, exported.Skip(1));
    }

    [Fact]
    public async Task Import_that_is_interrupted_leaves_what_it_stored_and_the_next_one_doubles_nothing()
    {
        const int rows = 600_000;
        await WriteRecordingAsync(rows);
        using var first = LiveVizCommand.Start("import", File("recording.csv"), Setting);
        // Apart from the tests' own threads, which others may keep busy for longer than an import takes.
        await Task.Run(async () =>
        {
            await Eventually.TrueAsync(() => first.HasEnded || new FileInfo(File("history.db-wal")) is { Exists: true, Length: > 200_000 });
            first.Interrupt();
        });
        var interrupted = await first.EndAsync();
        var next = await LiveVizCommand.RunAsync("import", File("recording.csv"), Setting);

        Assert.Equal((130, 0), (interrupted.ExitCode, next.ExitCode));
        Assert.Contains("Not finished (interrupted)", interrupted.Output);
        var stored = Count(interrupted.Output, "added");
        Assert.InRange(stored, 1, rows - 1);
        Assert.Equal((rows - stored, 0, stored), (Count(next.Output, "added"), Count(next.Output, "replaced"), Count(next.Output, "there before")));
    }

    [Fact]
    public async Task Beside_a_server_export_goes_and_import_is_refused_with_the_way_that_goes()
    {
        await WriteRecordingAsync(1000);
        await using var server = await LiveVizServer.StartAsync($"LiveViz:History:Path={File("history.db")}");
        using var client = new HttpClient { BaseAddress = server.Address };
        using var body = new StringContent("time,a\n2024-01-01,1\n", new MediaTypeHeaderValue("text/csv"));
        using var posted = await client.PostAsync(new Uri("/api/v1/import", UriKind.Relative), body);

        var import = await LiveVizCommand.RunAsync("import", File("recording.csv"), Setting);
        // Of the simulated factory all stands in the journal still.
        await Task.Delay(TimeSpan.FromSeconds(1));
        var export = await LiveVizCommand.RunAsync("export", "--from", "2024-01-01", "-o", File("out.csv"), Setting);

        Assert.Equal((1, 0), (import.ExitCode, export.ExitCode));
        Assert.Contains("another LiveViz server is using it", import.Error);
        Assert.Contains("at its own address: curl -H \"Content-Type: text/csv\" --data-binary @file.csv ADDRESS/api/v1/import", import.Error);
        var lines = await System.IO.File.ReadAllLinesAsync(File("out.csv"));
        Assert.Contains("2024-01-01T00:00:00.0000000Z,a,1,Good", lines);
        Assert.Contains(lines, line => line.Contains(",boiler-1-steam-pressure,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("there is no file or folder nowhere.csv", "import", "nowhere.csv")]
    [InlineData("does not exist: nothing was ever stored there", "export", "-o", "out.csv")]
    [InlineData("from is \"yesterday\"; it must be a time such as", "export", "-o", "out.csv", "--from", "yesterday")]
    [InlineData("\"--sensor\" is not known; export --help says what is", "export", "-o", "out.csv", "--sensor", "a")]
    [InlineData("LiveViz:History:Paht: is not known here", "export", "-o", "out.csv", "--LiveViz:History:Paht=x")]
    [InlineData("LiveViz:History:Store is None", "import", "nowhere.csv", "--LiveViz:History:Store=None")]
    public async Task Mistake_is_one_line_that_says_what_is_wrong(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = await LiveVizCommand.RunAsync([.. arguments, Setting]);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.False(System.IO.File.Exists(File("history.db")));
    }

    [Fact]
    public async Task Import_of_a_folder_takes_what_can_be_read_and_says_what_cannot()
    {
        await System.IO.File.WriteAllTextAsync(File("a.csv"), "time;x\n2024-01-01;1,5\n2024-01-02;none\n1960-01-01;1\n");
        await System.IO.File.WriteAllTextAsync(File("b.csv"), "");
        await System.IO.File.WriteAllTextAsync(File("c.tsv"), "time\tsensor\tvalue\n2024-01-01\tx\t1.5\n2024-01-01\ty\t\n");
        await System.IO.File.WriteAllTextAsync(File("notes.txt"), "no recording");

        var (exitCode, output, _) = await LiveVizCommand.RunAsync("import", _folder.FullName, Setting, "--LiveViz:History:Retention:Samples=1.00:00:00");

        Assert.Equal(1, exitCode);
        Assert.Contains("2 added, 0 replaced, 1 there before", output);
        Assert.Contains("a.csv, line 3: \"none\" in column \"x\" is not a number", output);
        Assert.Contains("a.csv, line 4: it has a time before 1970", output);
        Assert.Contains("b.csv: The file b.csv is empty", output);
        Assert.Contains("2 sensors have samples that are older than the server keeps each sample", output);
    }

    [Fact]
    public async Task One_of_a_thing_is_said_as_one()
    {
        await System.IO.File.WriteAllTextAsync(File("a.csv"), "time,a\n2024-01-01,1\nnever,1\n");

        var import = await LiveVizCommand.RunAsync("import", File("a.csv"), Setting);
        var export = await LiveVizCommand.RunAsync("export", "--from", "2024-01-01", "-o", File("out.csv"), Setting);

        Assert.Contains("Imported 1 file in", import.Output);
        Assert.Contains(", of 1 sensor, from", import.Output);
        Assert.Contains("rejected  1 row\n", import.Output);
        Assert.Contains("1 sensor has samples", import.Output);
        Assert.StartsWith("1 sample of 1 sensor written to", export.Error);
    }

    private static IEnumerable<string> Rows(string[] recording, params string[] sensors)
    {
        var columns = recording[0].Split(';');
        var rows = recording.Skip(1).Select(line => line.Split(';')).ToList();
        return sensors.SelectMany(sensor => rows.Select(cells =>
            $"{DateTime.Parse(cells[0]):yyyy-MM-ddTHH:mm:ss.fffffff}Z,{sensor},{double.Parse(cells[Array.IndexOf(columns, sensor)]):R},Good"));
    }

    private static long Count(string output, string what)
    {
        var match = Regex.Match(output, $"([0-9,]+) {what}");
        return long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands);
    }

    private async Task WriteRecordingAsync(int rows)
    {
        await using var writer = new StreamWriter(File("recording.csv"));
        await writer.WriteLineAsync("time,pump");
        for (var i = 0; i < rows; i++)
        {
            await writer.WriteLineAsync($"{1_704_067_200_000 + (i * 100L)},{i}");
        }
    }

    private string File(string name) => Path.Combine(_folder.FullName, name);
}
