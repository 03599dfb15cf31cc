using LiveViz.Server;
using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveViz.Benchmarks.History;

/// <summary>A history in a folder of its own, with the log that it is filled from.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-bench");

    public TestStore()
    {
        Log = new SensorLog(Options.Create(new LiveVizOptions { LogMegabytes = 256 }), TimeProvider.System);
        var retention = new Retention(new RetentionOptions { Samples = TimeSpan.Zero }, [], TimeProvider.System, NullLogger.Instance);
        Writer = new ArchiveWriter(new SqliteStore(Path.Combine(_folder.FullName, "history.db")), Log, TimeProvider.System, TimeSpan.FromDays(1), retention);
        Writer.Open(["benchmark"]);
    }

    public SensorLog Log { get; }

    public ArchiveWriter Writer { get; }

    public long Bytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public SensorSeries Series(string id) =>
        Log.TryAdd(new Sensor { Id = id, Source = "benchmark" }, out var series) ? series : throw new InvalidOperationException("The log is full.");

    /// <summary>Stores what has come, and puts it into blocks.</summary>
    public void Settle()
    {
        Writer.Commit();
        Writer.Settle(all: true);
    }

    public void Dispose()
    {
        Writer.Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
