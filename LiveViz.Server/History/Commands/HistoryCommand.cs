using System.CommandLine;

namespace LiveViz.Server.History.Commands;

/// <summary>A command that works on the store that the server's settings name; it takes these as the server does.</summary>
internal abstract class HistoryCommand : Command
{
    private const string Settings = "--LiveViz:";

    /// <summary>Makes one.</summary>
    protected HistoryCommand(string name, string description)
        : base(name, $"{description} Settings of the server are taken as the server takes them, such as --LiveViz:History:Path=history.db.")
    {
        TreatUnmatchedTokensAsErrors = false;
        SetAction(RunAsync);
    }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, HistorySettings settings, HistoryStore store, CancellationToken cancellationToken);

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            if (arguments.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith(Settings, StringComparison.OrdinalIgnoreCase) || !token.Contains('=')) is { } wrong)
            {
                throw new HistoryException($"\"{wrong}\" is not known; {Name} --help says what is. A setting of the server is given as --LiveViz:History:Path=history.db");
            }

            var host = new HostApplicationBuilderSettings { Args = [.. arguments.UnmatchedTokens], ContentRootPath = AppContext.BaseDirectory };
            var configuration = Host.CreateApplicationBuilder(host).Configuration;
            var settings = HistoryExtensions.ReadSettings(configuration.GetSection("LiveViz"));
            using var store = HistoryExtensions.NewStore(settings.Options, LiveVizServerExtensions.ReadOptions(configuration))
                ?? throw new HistoryException("no history is kept: LiveViz:History:Store is None");
            return await RunAsync(arguments, settings, store, cancellationToken);
        }
        catch (Exception e) when (e is HistoryException or WrongConfigurationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"LiveViz does not {Name}: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return HistoryCommands.Interrupted;
        }
    }
}
