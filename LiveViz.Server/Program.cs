using LiveViz.Server;
using LiveViz.Server.History.Commands;

if (HistoryCommands.AreIn(args))
{
    return await HistoryCommands.RunAsync(args);
}

if (HistoryCommands.Stray(args) is { } word)
{
    await Console.Error.WriteLineAsync($"LiveViz does not start: \"{word}\" is not understood there. A command (export, import) stands first; a setting is --Name=value.");
    return 1;
}

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        // The configuration and the pages lie beside the program, wherever it is started from.
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.AddLiveVizServer();
    var app = builder.Build();
    app.MapLiveViz();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (StartFailure.InWords(e) is { } reason)
{
    await Console.Error.WriteLineAsync($"LiveViz does not start: {reason}");
    return 1;
}
