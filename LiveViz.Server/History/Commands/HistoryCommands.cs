using System.CommandLine;

namespace LiveViz.Server.History.Commands;

/// <summary>What the program does with history instead of serving: <c>export</c> and <c>import</c>.</summary>
internal static class HistoryCommands
{
    /// <summary>The exit code where a command was ended by Ctrl+C, as shells have it.</summary>
    public const int Interrupted = 130;

    // A commit that is under way when Ctrl+C is pressed is waited for.
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(30);

    /// <summary>Whether the arguments name one of them.</summary>
    public static bool AreIn(string[] args) => args is ["export" or "import", ..];

    /// <summary>Runs the one that the arguments name.</summary>
    /// <returns>The exit code: 0 done, 1 not done, 130 ended by Ctrl+C.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Brings history out of and into the store of a LiveViz server.") { new ExportCommand(), new ImportCommand() };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Ending, EnableDefaultExceptionHandler = false });
    }
}
