using LiveViz.Server;

namespace LiveViz.FanOut.Serving;

/// <summary>A LiveViz server as it is, with the source of the comparison and the raw endpoint beside the hub.</summary>
internal static class ServerRole
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var caughtUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Services.AddSingleton(caughtUp);
        builder.Services.AddSourceType<BenchSource, BenchOptions>("Bench");
        builder.AddLiveVizServer();
        await using var app = builder.Build();
        app.UseWebSockets();
        app.MapLiveViz();
        app.Map("/raw", RawFrames.ServeAsync);
        await app.StartAsync();
        await caughtUp.Task;
        await Console.Out.WriteLineAsync(Contestant.Ready);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
