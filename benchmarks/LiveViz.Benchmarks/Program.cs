using BenchmarkDotNet.Running;
using LiveViz.Benchmarks;

// Without arguments all of them, so that one command is enough; with some, what BenchmarkDotNet makes of them.
BenchmarkSwitcher.FromAssembly(typeof(IntakeBenchmarks).Assembly).Run(args is [] ? ["--filter", "*"] : args);
