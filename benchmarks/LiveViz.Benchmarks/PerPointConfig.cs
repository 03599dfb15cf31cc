using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;

namespace LiveViz.Benchmarks;

/// <summary>Few and short iterations, and for each benchmark points a second and bytes allocated a point.</summary>
internal sealed class PerPointConfig : ManualConfig
{
    public PerPointConfig()
    {
        AddJob(Job.ShortRun);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumn(StatisticColumn.OperationsPerSecond);
        HideColumns(Column.RatioSD);
    }
}
