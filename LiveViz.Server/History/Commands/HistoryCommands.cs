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

    /// <summary>The first argument that is neither a setting nor the value of one, such as a command that is misspelt or not the first; null where there is none.</summary>
    public static string? Stray(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith('-') || args[i].StartsWith('/'))
            {
                // Its value is the next one where it has none of its own.
                i += args[i].Contains('=', StringComparison.Ordinal) ? 0 : 1;
            }
            else if (!args[i].Contains('=', StringComparison.Ordinal))
            {
                return args[i];
            }
        }

        return null;
    }

    /// <summary>Runs the one that the arguments name.</summary>
    /// <returns>The exit code: 0 done, 1 not done, 130 ended by Ctrl+C.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Brings history out of and into the store of a LiveViz server.") { new ExportCommand(), new ImportCommand() };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = Ending, EnableDefaultExceptionHandler = false });
    }
}
