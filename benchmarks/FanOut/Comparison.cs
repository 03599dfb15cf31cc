using LiveViz.FanOut.Load;

namespace LiveViz.FanOut;

/// <summary>Runs scenarios one after another, each with a fresh server, and writes down how they went.</summary>
internal static class Comparison
{
    public static int Run(string[] args)
    {
        try
        {
            var run = new RunOptions();
            CommandLine.Apply(args, run, new Settings());
            var table = new Table();
            foreach (var scenario in Chosen(args))
            {
                // As the run goes on, and not only at its end: one that is cut short has not been for nothing.
                Console.Error.WriteLine($"{scenario.Name} …");
                CommandLine.Apply(args, run, scenario.Settings);
                table.Add(scenario, Measure(scenario.Settings));
                File.WriteAllText(run.Output, table.ToString());
            }

            Console.WriteLine(table);
            return 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static List<Scenario> Chosen(string[] args)
    {
        var names = args.Where(argument => !CommandLine.IsOption(argument)).ToList();
        var unknown = names.Find(name => !Scenario.All.Any(scenario => scenario.Name == name));
        if (unknown is not null)
        {
            throw new ArgumentException($"{unknown} is no scenario; there are {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}");
        }

        var chosen = Scenario.All.Where(scenario => names.Count == 0 || names.Contains(scenario.Name)).ToList();
        if (!File.Exists("/usr/lib/python3/dist-packages/websockets/__init__.py") && chosen.RemoveAll(scenario => scenario.Settings.Via == Dialect.Peer) > 0)
        {
            Console.Error.WriteLine("The Python server is left out: its package is missing. apt-get install python3-websockets");
        }

        return chosen;
    }

    private static LoadResult Measure(Settings settings)
    {
        using var server = new Contestant(settings);
        if (settings.Via != Dialect.Peer)
        {
            // A few clients first, so that what .NET takes once for all of them is not counted to each.
            Contestant.Load(settings with { Clients = Math.Min(settings.Clients, 10), Stalled = 0, Warmup = 1, Seconds = 2 });
        }

        return Contestant.Load(settings);
    }
}
