using System.Globalization;
using LiveViz.Benchmarks.History;

// What history costs and how quickly it stores and answers; see benchmarks/README.md.
if (args is ["ingest", .. var servers])
{
    await Ingest.RunAsync(servers);
    return;
}

Footprint.Run();
Envelope.Run(args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000);
