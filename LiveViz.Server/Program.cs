using LiveViz.Server;
using LiveViz.Server.History.Commands;

if (HistoryCommands.AreIn(args))
{
    return await HistoryCommands.RunAsync(args);
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
catch (WrongConfigurationException e)
{
    await Console.Error.WriteLineAsync($"LiveViz does not start: {e.Message}");
    return 1;
}
