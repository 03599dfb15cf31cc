using System.Runtime.CompilerServices;
using LiveViz.Feeds;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit.Abstractions;

namespace LiveViz.Tests.Services;

/// <summary>A server as an operator runs it, whose history meets what happens to disks and servers.</summary>
[Trait("Category", "Services")]
public sealed class HistoryFaultTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-fault");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Past_of_before_a_power_cut_is_there_after_it()
    {
        await using var server = await LiveVizServer.StartAsync($"LiveViz:History:Path={_folder.FullName}/history.db");
        var before = DateTime.UtcNow;
        await UntilAsync(server, status => status.History!.Stored > 1000);
        await server.KillAsync();

        await server.StartAsync();

        await using var hub = await HubClient.ConnectAsync(server.Address);
        var span = new FrameReader().Read(await hub.InvokeAsync<byte[]>("GetSpan", new SpanRequest { From = before.AddMinutes(-10), To = DateTime.UtcNow }));
        Assert.Equal(24, span.Columns.Count(column => column.Values.Length > 0));
        Assert.All(span.Columns, column => Assert.Equal(column.Ticks.Length, column.Ticks.Distinct().Count()));
        Assert.True(span.Columns.Sum(column => column.Values.Length) > 1000);
        Assert.All(span.Columns, column => Assert.Null(column.Gap));
    }

    [Fact]
    public async Task Full_disk_is_seen_stops_nothing_that_is_live_and_is_over_when_there_is_room()
    {
        using var disk = SmallDisk.TryMount(kilobytes: 2048);
        if (disk is null)
        {
            output.WriteLine("Not tried: this user may not mount a disk.");
            return;
        }

        await using var server = await LiveVizServer.StartAsync($"LiveViz:History:Path={disk.Folder}/history.db");
        await UntilAsync(server, status => status.History!.Stored > 100);
        disk.Fill();

        var full = await UntilAsync(server, status => status.History is { State: HistoryState.Failing, IsFull: true });
        var live = await UntilAsync(server, status => status.Appended > full.Appended + 500);
        Assert.Equal(HistoryState.Failing, live.History!.State);

        disk.MakeRoom();
        var well = await UntilAsync(server, status => status.History!.State == HistoryState.Storing);
        // What came meanwhile was in memory, and is stored now.
        await UntilAsync(server, status => status.History!.Stored >= well.Appended);
        Assert.Equal(0, well.History!.Lost);
    }

    [Fact]
    public async Task Two_servers_do_not_write_to_one_history()
    {
        var setting = $"LiveViz:History:Path={_folder.FullName}/history.db";
        await using var first = await LiveVizServer.StartAsync(setting);
        await UntilAsync(first, status => status.History!.Stored > 0);

        await using var second = await LiveVizServer.StartAsync(setting);

        var status = await UntilAsync(second, status => status.History!.State == HistoryState.Failing);
        Assert.Contains("another LiveViz server is using it", status.History!.Reason, StringComparison.Ordinal);
        await UntilAsync(second, later => later.Appended > status.Appended);
    }

    private static async Task<ServerStatus> UntilAsync(
        LiveVizServer server, Func<ServerStatus, bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        await using var hub = await HubClient.ConnectAsync(server.Address);
        ServerStatus? status = null;
        await Eventually.TrueAsync(async () => condition(status = await hub.InvokeAsync<ServerStatus>("GetStatus")), words);
        return status!;
    }
}
