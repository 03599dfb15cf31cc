using LiveViz.Server.History;
using LiveViz.Server.Streaming;
using LiveViz.Tests.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.History;

/// <summary>A log and its history in a file, with a clock of its own; the writer's thread is the test's.</summary>
internal sealed class TestHistory : IDisposable
{
    private readonly DirectoryInfo? _folder;
    private readonly Func<HistoryStore> _store;

    public TestHistory()
    {
        _folder = Directory.CreateTempSubdirectory("liveviz-history");
        Path = System.IO.Path.Combine(_folder.FullName, "history.db");
        _store = () => new SqliteStore(Path);
        Restart();
    }

    /// <summary>Opens one that is kept elsewhere.</summary>
    public TestHistory(Func<HistoryStore> store)
    {
        _store = store;
        Restart();
    }

    /// <summary>The file, where it is one of its own.</summary>
    public string Path { get; } = "";

    public FakeTimeProvider Time { get; } = Clock.New();

    public RetentionOptions Kept { get; } = new();

    public ListLogger<Historian> Logger { get; } = new();

    public SensorLog Log { get; private set; } = null!;

    public ArchiveWriter Writer { get; private set; } = null!;

    /// <summary>As after a power cut: what is in memory is gone.</summary>
    public void Restart(int logMegabytes = 4, TimeSpan? readAhead = null, params SensorRetentionOptions[] retention)
    {
        Writer?.Store.Dispose();
        Log = TestLog.New(Time, logMegabytes);
        Writer = new ArchiveWriter(_store(), Log, Time, readAhead ?? TimeSpan.Zero, new Retention(Kept, retention, Time, Logger));
        Writer.Open(["source"]);
    }

    public SensorSeries Series(string id = "a")
    {
        Assert.True(Log.TryAdd(new Sensor { Id = id, Source = "source" }, out var series));
        return series;
    }

    /// <summary>Stores samples: now in blocks, or first in the journal.</summary>
    public void Store(IEnumerable<(long Ticks, double Value, Quality Quality)> samples, bool settled, string id = "a")
    {
        var series = Series(id);
        foreach (var (ticks, value, quality) in samples)
        {
            series.Append(ticks, value, double.IsNaN(value) ? Quality.Bad : quality, ticks);
        }

        Writer.Commit();
        if (settled)
        {
            Writer.Settle(all: true);
        }
    }

    /// <summary>Stores samples that never were in the log.</summary>
    public ImportCount Import(IEnumerable<(long Ticks, double Value, Quality Quality)> samples, string id = "a")
    {
        var list = new SampleList();
        foreach (var (ticks, value, quality) in samples)
        {
            list.Add(ticks, value, (SampleMarks)(double.IsNaN(value) ? Quality.Bad : quality));
        }

        var import = new HistoryImport([(new Sensor { Id = id, Source = "source" }, list)]);
        while (Writer.Import(import))
        {
            // Slice by slice.
        }

        return import.Count;
    }

    /// <summary>All that is stored of a sensor in blocks and journal.</summary>
    public Samples All(string id = "a")
    {
        var archive = Writer.Find(id)!;
        var (waiting, _) = archive.Peek();
        var stored = new SampleList();
        Writer.Store.Read(session =>
        {
            foreach (var block in new BucketReader(session, archive.Number).Blocks(0, long.MaxValue))
            {
                stored.Add(block);
            }

            return true;
        });
        return Samples.Merge(stored.ToSamples(), waiting);
    }

    /// <summary>What rollups and samples of a level say, put together to buckets of its width.</summary>
    public List<Rollup> Buckets(int level, long from, long until, string id = "a")
    {
        var archive = Writer.Find(id)!;
        return Writer.Store.Read(session => Group(new BucketReader(session, archive.Number).Read(level, from, until), RollupLevel.Width(level)));
    }

    public static List<Rollup> Group(IEnumerable<Rollup> pieces, long width)
    {
        var buckets = new List<Rollup>();
        foreach (var piece in pieces)
        {
            if (buckets.Count > 0 && buckets[^1].FirstTicks / width == piece.FirstTicks / width)
            {
                var last = buckets[^1];
                last.Add(piece);
                buckets[^1] = last;
            }
            else
            {
                buckets.Add(piece);
            }
        }

        return buckets;
    }

    public void Dispose()
    {
        Writer.Store.Dispose();
        _folder?.Delete(recursive: true);
    }
}
