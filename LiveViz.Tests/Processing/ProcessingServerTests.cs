using LiveViz.Sources;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Processing;

/// <summary>Processing in the server as an operator runs it.</summary>
public sealed class ProcessingServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sensors_are_seen_at_the_hub_as_the_configuration_says(bool messagePack)
    {
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sensors:0:Sensor=outdoor-*", "LiveViz:Sensors:0:Name=Outdoors", "LiveViz:Sensors:0:Unit=°F", "LiveViz:Sensors:0:Scale=1.8", "LiveViz:Sensors:0:Offset=32",
            "LiveViz:Sensors:1:Sensor=difference", "LiveViz:Sensors:1:Formula=[outdoor-temperature] - (1.8 * [outdoor-temperature.raw] + 32)",
            "LiveViz:Sensors:2:Sensor=waits", "LiveViz:Sensors:2:Formula=[nothing of this name]");
        await using var connection = await HubClient.ConnectAsync(server.Address, messagePack);
        var last = new Dictionary<string, DataPoint>();

        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", new[] { "outdoor-temperature", "outdoor-temperature.raw", "difference" }))
        {
            last[point.SensorId] = point;
            if (last.Count == 3 && last["difference"].Value is not null && last.Values.DistinctBy(other => other.Timestamp).Count() == 1)
            {
                break;
            }
        }

        Assert.Equal(last["outdoor-temperature.raw"].Value!.Value * 1.8 + 32, last["outdoor-temperature"].Value!.Value, 9);
        Assert.Equal(0, last["difference"].Value!.Value, 9);
        var sensors = (await connection.InvokeAsync<Sensor[]>("GetSensors")).ToDictionary(sensor => sensor.Id);
        Assert.Equal(("Outdoors", "°F", null), (sensors["outdoor-temperature"].Name, sensors["outdoor-temperature"].Unit, sensors["outdoor-temperature"].RawOf));
        Assert.Equal(("Outdoors, raw", "°C", "outdoor-temperature"), (sensors["outdoor-temperature.raw"].Name, sensors["outdoor-temperature.raw"].Unit, sensors["outdoor-temperature.raw"].RawOf));
        var formulas = (await connection.InvokeAsync<SourceStatus[]>("GetSources"))[^1];
        Assert.Equal(("Formulas", SourceState.Waiting), (formulas.Name, formulas.State));
        Assert.Contains("\"nothing of this name\" (for waits)", formulas.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Formula_that_cannot_be_read_stops_the_start_with_one_line()
    {
        var (exitCode, output) = await LiveVizServer.RunToEndAsync("LiveViz:Sensors:0:Sensor=a", "LiveViz:Sensors:0:Formula=pump.flow * 2");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("LiveViz does not start: LiveViz:Sensors:0:Formula: \"pump.flow * 2\" is no formula:", output, StringComparison.Ordinal);
        Assert.Single(output.Trim().Split('\n'));
    }
}
