using LiveViz.Benchmarks.History;

// What history costs and how quickly it answers; see benchmarks/README.md.
var samples = args.Length > 0 ? long.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000_000;
Footprint.Run();
Envelope.Run(samples);
