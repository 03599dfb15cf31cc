using LiveViz.Server.History;
using Microsoft.Data.Sqlite;

namespace LiveViz.Tests.History;

public sealed class HistoryImportTests : IDisposable
{
    private readonly TestHistory _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public void Import_is_stored_in_slices_so_that_what_is_live_waits_for_none_of_it_long()
    {
        var list = new SampleList();
        for (var i = 0; i < 120_000; i++)
        {
            list.Add(Clock.Ticks(i), i, SampleMarks.None);
        }

        var import = new HistoryImport([(new Sensor { Id = "a" }, list)]);
        var slices = new List<long>();
        while (_history.Writer.Import(import))
        {
            slices.Add(import.Count.Added - slices.Sum());
        }

        Assert.Equal([50_000, 50_000, 20_000], slices);
        Assert.Equal(120_000, _history.All().Count);
    }

    [Fact]
    public void Import_again_stores_nothing_twice_and_another_value_takes_the_place_of_the_first()
    {
        Assert.Equal(new ImportCount(1000, 0, 0), _history.Import(Samples(0, 1000, 1)));
        Assert.Equal(new ImportCount(0, 0, 1000), _history.Import(Samples(0, 1000, 1)));
        Assert.Equal(new ImportCount(500, 500, 0), _history.Import(Samples(500, 1500, 2)));
        // Two of one time in one batch: the last counts.
        Assert.Equal(new ImportCount(1, 1, 0), _history.Import([.. Samples(2000, 2001, 1), .. Samples(2000, 2001, 7)]));

        var all = _history.All();

        Assert.Equal(1501, all.Count);
        Assert.Equal((1.0, 2.0, 7.0), (all.Values[499], all.Values[500], all.Values[^1]));
    }

    [Fact]
    public void Import_is_compared_with_what_waits_in_the_journal_too()
    {
        _history.Store(Samples(0, 10, 1), settled: false);

        Assert.Equal(new ImportCount(5, 0, 10), _history.Import(Samples(0, 15, 1)));
    }

    [Fact]
    public void Imported_sensor_is_known_after_a_restart_and_one_that_is_live_stays_as_it_is()
    {
        _history.Store(Samples(0, 10, 1), settled: true, id: "live");
        var list = new SampleList();
        list.Add(Clock.Ticks(100), 1, SampleMarks.None);

        var import = new HistoryImport([(new Sensor { Id = "live", Group = "other" }, list), (new Sensor { Id = "new", Group = "other" }, list)]);
        Assert.True(_history.Writer.Import(import));
        _history.Restart();

        Assert.Equal(("", "other"), (_history.Writer.Find("live")!.Told!.Group, _history.Writer.Find("new")!.Told!.Group));
        Assert.Equal(11, _history.All("live").Count);
    }

    [Fact]
    public void What_could_not_be_put_into_blocks_is_put_there_when_that_goes_again()
    {
        _history.Store(Samples(0, 100, 1), settled: false);
        Execute("CREATE TRIGGER broken BEFORE INSERT ON samples BEGIN SELECT RAISE(ABORT, 'broken'); END");
        Assert.Throws<HistoryException>(() => _history.Writer.Settle(all: true));
        Execute("DROP TRIGGER broken");

        // The journal is dropped now: nothing of it may be left out.
        _history.Store(Samples(0, 100, 1), settled: true, id: "b");
        _history.Restart();

        Assert.Equal(100, _history.All().Count);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_history.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static IEnumerable<(long Ticks, double Value, Quality Quality)> Samples(int from, int until, double value) =>
        Enumerable.Range(from, until - from).Select(i => (Clock.Ticks(i), value, Quality.Good));
}
