using LiveViz.Feeds;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using LiveViz.Tests.Security;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.History;

/// <summary>A chart opens with its window whole, however little of it the server has in memory.</summary>
public sealed class WindowPastTests : IDisposable
{
    private const int Samples = 200_000;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-window");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Window_that_the_log_does_not_hold_comes_from_history()
    {
        await using var app = await AppHere.StartAsync(
            _ => { }, "LiveViz:LogMegabytes=1", "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={Empty()}",
            "LiveViz:History:Store=Sqlite", $"LiveViz:History:Path={_folder.FullName}/history.db");
        var start = DateTime.UtcNow.AddMinutes(-50);
        await FillAsync(app, start);
        await using var feeds = app.Services.CreateAsyncScope();
        var feed = feeds.ServiceProvider.GetRequiredService<ISensorFeed>();

        var tally = new FrameTally();
        await foreach (var frame in feed.ReadFramesAsync(new FrameRequest { WindowSeconds = 3600, Width = 720, SensorIds = ["a"] }))
        {
            tally.Add(frame);
            var column = Assert.Single(frame.Columns);

            Assert.InRange(column.Ticks[0], start.Ticks, start.AddMinutes(1).Ticks);
            Assert.Equal(column.Ticks.Order(), column.Ticks);
            Assert.Equal(column.Sequences.Order(), column.Sequences);
            // The bucket that is not over has only its newest sample to show.
            Assert.Equal((0, Samples - 1.0), (column.Values.Min(), column.Latest!.Value));
            Assert.InRange(column.Values.Length, 300, 760);
            Assert.Equal(tally.Appended, tally.Received + tally.Reduced + tally.LeftOut);
            break;
        }
    }

    [Fact]
    public async Task Sensor_that_is_known_from_before_its_id_would_be_refused_can_be_read()
    {
        await using var app = await AppHere.StartAsync(_ => { }, "LiveViz:Sources:0:Type=CsvReplay", $"LiveViz:Sources:0:Path={Empty()}");
        Assert.True(app.Services.GetRequiredService<SensorLog>().TryAdd(new Sensor { Id = "a " }, out var series));
        series.Append(DateTime.UtcNow.Ticks, 7, Quality.Good, DateTime.UtcNow.Ticks);
        await using var feeds = app.Services.CreateAsyncScope();

        await foreach (var frame in feeds.ServiceProvider.GetRequiredService<ISensorFeed>().ReadFramesAsync(new FrameRequest { WindowSeconds = 60, Width = 720, SensorIds = ["a "] }))
        {
            Assert.Equal(7, Assert.Single(frame.Columns).Latest!.Value);
            break;
        }
    }

    private static async Task FillAsync(AppHere app, DateTime start)
    {
        var historian = app.Services.GetRequiredService<Historian>();
        Assert.True(app.Services.GetRequiredService<SensorLog>().TryAdd(new Sensor { Id = "a" }, out var series));
        for (var i = 0; i < Samples; i++)
        {
            var ticks = start.Ticks + (i * (50 * TimeSpan.TicksPerMinute / Samples));
            series.Append(ticks, i, Quality.Good, ticks);
            if (i % 10_000 == 0)
            {
                await historian.StoredAsync(default);
            }
        }

        await historian.StoredAsync(default);
        Assert.True(series.Oldest > Samples / 2);
    }

    private string Empty()
    {
        var path = Path.Combine(_folder.FullName, "empty.csv");
        File.WriteAllText(path, "time,value\n");
        return path;
    }
}
