using System.Globalization;
using LiveViz.Feeds;
using LiveViz.Tests.Running;
using LiveViz.Tests.Sources;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Hub;

public sealed class ReplayThroughHubTests
{
    private const string Rig = "skab/valve1-0.csv";

    [SharedDataFact(Rig)]
    public async Task Replayed_rig_arrives_at_a_client_point_for_point_as_in_the_file()
    {
        var path = SharedData.Find(Rig)!;
        var lines = await File.ReadAllLinesAsync(path);
        var header = lines[0].Split(';');
        await using var server = await LiveVizServer.StartAsync(
            "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={path}", "LiveViz:Sources:0:Speed=0");
        await using var connection = await HubClient.ConnectAsync(server.Address, messagePack: true);
        var request = new FrameRequest { WindowSeconds = 24 * 3600 };
        var reader = new FrameReader();
        var got = header.Skip(1).Take(8).ToDictionary(name => name, _ => new List<(DateTime, double)>());

        await foreach (var bytes in connection.StreamAsync<byte[]>("StreamFrames", request))
        {
            foreach (var column in reader.Read(bytes).Columns)
            {
                got[column.SensorId].AddRange(column.Ticks.Zip(column.Values, (ticks, value) => (new DateTime(ticks, DateTimeKind.Utc), value)));
            }

            if (got.Values.All(points => points.Count >= lines.Length - 1))
            {
                break;
            }
        }

        for (var column = 1; column <= 8; column++)
        {
            var expected = lines.Skip(1).Select(line => line.Split(';')).Select(cells => (
                DateTime.Parse(cells[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                double.Parse(cells[column], CultureInfo.InvariantCulture)));
            Assert.Equal(expected, got[header[column]]);
        }
    }
}
