using LiveViz.Sources;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Sources;

/// <summary>A plug-in in the server as an operator runs it.</summary>
public sealed class PluginServerTests
{
    [Fact]
    public async Task Samples_of_a_plug_in_are_seen_at_the_hub()
    {
        var folder = Path.GetTempPath();
        await using var server = await LiveVizServer.StartAsync(
            $"LiveViz:Plugins:0={Repository.OwnSource}",
            "LiveViz:Sources:0:Type=FreeSpace", $"LiveViz:Sources:0:Path={folder}", "LiveViz:Sources:0:Interval=00:00:00.2",
            "LiveViz:Sources:1:Type=FreeSpace", "LiveViz:Sources:1:Path=/no/such/folder");
        await using var connection = await HubClient.ConnectAsync(server.Address);
        var points = new List<DataPoint>();

        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", new[] { $"free-space:{folder}" }))
        {
            points.Add(point);
            if (points.Count == 3)
            {
                break;
            }
        }

        Assert.All(points, point => Assert.Equal(Quality.Good, point.Quality));
        Assert.Contains($"Free on {folder}", (await connection.InvokeAsync<Sensor[]>("GetSensors")).Select(sensor => sensor.Name));
        var sources = await connection.InvokeAsync<SourceStatus[]>("GetSources");
        while (sources[1].State == SourceState.Waiting)
        {
            await Task.Delay(50);
            sources = await connection.InvokeAsync<SourceStatus[]>("GetSources");
        }

        Assert.Equal([($"Disk of {folder}", "FreeSpace"), ("Disk of /no/such/folder", "FreeSpace")], sources.Select(source => (source.Name, source.Type)));
        Assert.Contains("/no/such/folder", sources[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plug_in_that_cannot_be_used_stops_the_start_with_one_line()
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync("LiveViz:Plugins:0=/no/Such.dll");

        Assert.Equal(1, exitCode);
        Assert.Equal("LiveViz does not start: LiveViz:Plugins:0: the plug-in /no/Such.dll is not there", output.Trim());
    }
}
