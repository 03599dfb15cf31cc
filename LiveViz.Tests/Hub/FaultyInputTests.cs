using LiveViz.Feeds;
using LiveViz.Sources;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Hub;

/// <summary>What operators and their files get wrong, against a whole server.</summary>
public sealed class FaultyInputTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"liveviz-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Value_that_is_not_finite_is_null_and_bad_and_closes_nothing(bool messagePack)
    {
        await File.WriteAllTextAsync(_file, "time;pump\n" + string.Concat(
            Enumerable.Range(0, 100).Select(i => $"2026-01-01 00:00:{i / 2:00}.{i % 2 * 5}00;{(i % 2 == 0 ? "NaN" : "1.5")}\n")));
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={_file}", "LiveViz:Sources:0:Speed=20", "LiveViz:Sources:0:Loop=true");
        await using var connection = await HubClient.ConnectAsync(server.Address, messagePack);
        var points = new List<DataPoint>();

        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", new[] { "pump" }))
        {
            points.Add(point);
            if (points.Count == 30)
            {
                break;
            }
        }

        Assert.Contains(points, point => point is { Value: null, Quality: Quality.Bad });
        Assert.Contains(points, point => point is { Value: 1.5, Quality: Quality.Good });
        Assert.Equal(HubConnectionState.Connected, connection.State);
        Assert.Single(await connection.InvokeAsync<Sensor[]>("GetSensors"));
    }

    [Fact]
    public async Task Source_that_fails_says_why_and_leaves_the_others_alone()
    {
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=Simulated",
            "LiveViz:Sources:1:Type=CsvReplay", "LiveViz:Sources:1:Name=Rig", $"LiveViz:Sources:1:Path={_file}");
        await using var connection = await HubClient.ConnectAsync(server.Address);

        var sources = await connection.InvokeAsync<SourceStatus[]>("GetSources");
        while (sources[1].State == SourceState.Waiting)
        {
            sources = await connection.InvokeAsync<SourceStatus[]>("GetSources");
        }

        Assert.Equal(SourceState.Failed, sources[1].State);
        Assert.Contains(Path.GetFileName(_file), sources[1].Reason, StringComparison.Ordinal);
        Assert.NotNull(sources[1].RetryAt);
        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", null))
        {
            Assert.NotEqual("Rig", point.SensorId);
            break;
        }

        // It is there now: the source finds it without anybody's help.
        await File.WriteAllTextAsync(_file, "time,pump\n2026-01-01T00:00:00Z,1\n");
        while (sources[1].State != SourceState.Completed)
        {
            await Task.Delay(100);
            sources = await connection.InvokeAsync<SourceStatus[]>("GetSources");
        }

        Assert.Contains(await connection.InvokeAsync<Sensor[]>("GetSensors"), sensor => sensor.Id == "pump");
    }

    [Theory]
    [InlineData("LiveViz:Sources:0:Type=Simulatd", "LiveViz:Sources:0:Type")]
    [InlineData("LiveViz:Sources:0:Rate=fast", "LiveViz:Sources:0:Rate")]
    [InlineData("LiveViz:Sources:0:Rate=0", "LiveViz:Sources:0:Rate")]
    [InlineData("LiveViz:Sources:0:Speeed=1", "LiveViz:Sources:0:Speeed")]
    [InlineData("LiveViz:LogMegabytes=0", "LiveViz:LogMegabytes")]
    [InlineData("LiveViz:Sources=Simulated", "LiveViz:Sources")]
    [InlineData("LiveViz:Souces:0:Type=Simulated", "LiveViz:Souces")]
    public async Task Wrong_setting_stops_the_start_with_one_line_that_names_the_key(string setting, string key)
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync(setting);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(key + ":", line, StringComparison.Ordinal);
    }
}
