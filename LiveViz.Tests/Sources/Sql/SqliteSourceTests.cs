using System.Globalization;
using LiveViz.Server.Sources.Sql;
using LiveViz.Tests.Sources.Payloads;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Sources.Sql;

public sealed class SqliteSourceTests : IDisposable
{
    private const string Now = "2026-01-02T03:04:05Z";

    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly SqlSources _sources = new();
    private readonly string _file;

    public SqliteSourceTests()
    {
        _file = Path.Combine(_sources.Folder, "plant.db");
        Execute("CREATE TABLE readings (id INTEGER PRIMARY KEY, ts, sensor, value, quality)");
    }

    public void Dispose() => _sources.Dispose();

    [Fact]
    public async Task Rows_become_samples_and_so_do_those_that_come_later()
    {
        Insert("'a', 1.5, 'Uncertain'");
        await using var run = new SourceRun(Source());

        Assert.Equal(new DataPoint("a", Time, 1.5, Quality.Uncertain), (await run.TakeAsync(1))[0]);
        Insert("'b', 2, NULL");
        Assert.Equal(new DataPoint("b", Time, 2), (await run.TakeAsync(1))[0]);
    }

    [Theory]
    [InlineData("21.5", 21.5)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("-9223372036854775808", -9223372036854775808.0)]
    [InlineData("'21.5'", 21.5)]
    [InlineData("'true'", 1.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("NULL", null)]
    [InlineData("9e999", null)]
    [InlineData("'NaN'", null)]
    public async Task Value_is_a_number_or_a_gap(string written, double? value)
    {
        Insert($"'a', {written}, NULL");
        await using var run = new SourceRun(Source());

        Assert.Equal(new DataPoint("a", Time, value, value is null ? Quality.Bad : Quality.Good), (await run.TakeAsync(1))[0]);
    }

    [Theory]
    [InlineData("'2026-01-02 04:04:05.25+01:00'", "2026-01-02T03:04:05.2500000Z")]
    [InlineData("1767323045", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("1767323045.5", "2026-01-02T03:04:05.5000000Z")]
    [InlineData("1767323045123456.0", "2026-01-02T03:04:05.1234560Z")]
    [InlineData("1767323045123456789", "2026-01-02T03:04:05.1234567Z")]
    [InlineData("0", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("'9999-12-31'", "9999-12-31T00:00:00.0000000Z")]
    public async Task Time_is_text_or_a_number(string written, string time)
    {
        Execute($"INSERT INTO readings (ts, sensor, value) VALUES ({written}, 'a', 1)");
        await using var run = new SourceRun(Source());

        Assert.Equal(time, (await run.TakeAsync(1))[0].Timestamp.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Each_column_may_be_a_sensor()
    {
        Execute($"CREATE TABLE wide (id INTEGER PRIMARY KEY, ts, quality, temperature, pressure); INSERT INTO wide VALUES (1, '{Now}', 'Bad', 1, 2), (2, '{Now}', NULL, 'hot', 3)");
        var source = Source(options =>
        {
            options.Query = "SELECT * FROM wide WHERE id > @since ORDER BY id -- all of it\n;";
            options.Prefix = "boiler/";
        });
        await using var run = new SourceRun(source);

        Assert.Equal(
            [
                new DataPoint("boiler/temperature", Time, 1, Quality.Bad),
                new DataPoint("boiler/pressure", Time, 2, Quality.Bad),
                new DataPoint("boiler/pressure", Time, 3),
            ],
            await run.TakeAsync(3));
        Assert.Equal(1, source.Rejected);
    }

    [Fact]
    public async Task Row_that_cannot_be_read_is_counted_told_once_and_passed_over()
    {
        Insert("'a', 'much', NULL");
        Insert("'a', x'00', NULL");
        Insert("NULL, 1, NULL");
        Insert("'a', 1, 'fine'");
        Execute("INSERT INTO readings (ts, sensor, value) VALUES ('soon', 'a', 1), (NULL, 'a', 1), (1e300, 'a', 1)");
        var source = Source();
        await using var run = new SourceRun(source);
        // None of them has a sample: nobody says that they are stored.
        await _sources.KeptAsync("7");

        Insert("'a', 8, NULL");
        Assert.Equal(8, (await run.TakeAsync(1))[0].Value);
        Assert.Equal(7, source.Rejected);
        var (_, message) = Assert.Single(_sources.Logger.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.Contains("the row with the mark 1 has \"much\" in value, which is not a number", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_give_each_row_once_also_where_marks_are_the_same()
    {
        for (var i = 0; i < 20; i++)
        {
            Execute($"INSERT INTO readings (ts, sensor, value) VALUES ('2026-01-02 03:04:{i / 3:00}', 'a', {i})");
        }

        await using var run = new SourceRun(Source(options =>
        {
            options.Query = "SELECT ts, sensor, value FROM readings WHERE ts > @since ORDER BY ts";
            options.Mark = "ts";
            options.Rows = 4;
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (double?)i), (await run.TakeAsync(20)).Select(point => point.Value).Order());
        Insert("'b', 1, NULL");
        Assert.Equal("b", (await run.TakeAsync(1))[0].SensorId);
    }

    [Fact]
    public async Task More_rows_of_one_mark_than_are_read_at_once_are_said()
    {
        Execute($"INSERT INTO readings (ts, sensor, value) VALUES ('{Now}', 'a', 1), ('{Now}', 'a', 2), ('{Now}', 'a', 3)");
        await using var run = new SourceRun(Source(options =>
        {
            options.Query = "SELECT ts, sensor, value FROM readings WHERE ts > @since ORDER BY ts";
            options.Mark = "ts";
            options.Rows = 2;
        }));

        Assert.Contains("raise Rows", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_not_in_order_are_said()
    {
        Insert("'a', 1, NULL");
        Insert("'a', 2, NULL");
        await using var run = new SourceRun(Source(options => options.Query = options.Query + " DESC"));

        Assert.Contains("ORDER BY id", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_is_kept_when_rows_are_stored_and_not_before()
    {
        Insert("'a', 1, NULL");
        var source = Source();
        await using (var killed = new SourceRun(source))
        {
            await killed.TakeAsync(1);
        }

        await using (var first = new SourceRun(source))
        {
            Assert.Equal(1, (await first.TakeAsync(1))[0].Value);
            source.Committed(1);
            await _sources.KeptAsync("1");
        }

        Insert("'a', 2, NULL");
        await using var second = new SourceRun(Source());
        Assert.Equal(2, (await second.TakeAsync(1))[0].Value);
    }

    [Theory]
    [InlineData("Beginning", 1)]
    [InlineData("1", 2)]
    [InlineData("Now", 4)]
    public async Task First_run_begins_where_it_is_told(string start, double first)
    {
        Insert("'a', 1, NULL");
        Insert("'a', 2, NULL");
        Insert("'a', 3, NULL");
        await using var run = new SourceRun(Source(options => options.Start = start));
        if (start == "Now")
        {
            await _sources.KeptAsync("3");
        }

        Insert("'a', 4, NULL");

        Assert.Equal(first, (await run.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Start_from_now_is_the_same_now_after_a_restart()
    {
        var source = Source(options => options.Start = "Now");
        await using (new SourceRun(source))
        {
            await _sources.KeptAsync("-9223372036854775808");
        }

        Insert("'a', 1, NULL");
        await using var run = new SourceRun(source);

        Assert.Equal(1, (await run.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Database_that_is_not_there_is_said_and_read_when_it_is()
    {
        var away = $"{_file}.away";
        Insert("'a', 1, NULL");
        var source = Source();
        await using (var run = new SourceRun(source))
        {
            await run.TakeAsync(1);
            File.Move(_file, away);
            Assert.Contains("the file cannot be opened", await run.FailureAsync(), StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_file));
        File.Move(away, _file);
        await using var back = new SourceRun(source);
        Assert.Equal(1, (await back.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task File_that_is_no_database_is_said()
    {
        await File.WriteAllTextAsync(_file, new string('x', 5000));
        await using var run = new SourceRun(Source());

        Assert.Contains("not a database", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_that_takes_too_long_is_broken_off_and_said()
    {
        Insert("'a', 1, NULL");
        await using var run = new SourceRun(Source(options =>
        {
            options.Timeout = TimeSpan.FromSeconds(1);
            options.Query = """
                WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)
                SELECT id, ts, sensor, value FROM readings WHERE id > @since AND (SELECT max(n) FROM endless) > 0 ORDER BY id
                """;
        }));

        Assert.Contains("longer than Timeout", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT id, sensor, value FROM readings WHERE id > @since ORDER BY id", "no column ts, only id, sensor, value")]
    [InlineData("SELECT ts, sensor, value FROM readings WHERE id > @since ORDER BY id", "correct Mark")]
    [InlineData("SELECT id, ts FROM readings WHERE id > @since ORDER BY id", "gives no values")]
    [InlineData("SELECT id, ts, sensor, value FROM reading WHERE id > @since ORDER BY id", "no such table: reading")]
    [InlineData("SELECT NULL AS id, ts, sensor, value FROM readings WHERE id > @since", "a row has no mark")]
    public async Task Query_that_cannot_be_used_is_said(string query, string says)
    {
        Insert("'a', 1, NULL");
        await using var run = new SourceRun(Source(options => options.Query = query));

        Assert.Contains(says, await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"Mark\":\"ts\",\"Kind\":\"Integer\",\"Value\":\"1\"}", "Mark is id")]
    [InlineData("{\"Mark\":\"id\",\"Kind\":\"Integer\",\"Value\":\"one\"}", "delete it")]
    [InlineData("{\"Mark\":\"id\",\"Kind\":\"Fruit\",\"Value\":\"1\"}", "delete it")]
    [InlineData("{\"Mark\":\"id\"", "delete it")]
    [InlineData("null", "delete it")]
    [InlineData("", "delete it")]
    public async Task Kept_mark_that_cannot_be_used_is_said(string kept, string says)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_sources.MarkFile)!);
        await File.WriteAllTextAsync(_sources.MarkFile, kept);
        await using var run = new SourceRun(Source());

        var failure = await run.FailureAsync();

        Assert.Contains(_sources.MarkFile, failure, StringComparison.Ordinal);
        Assert.Contains(says, failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_that_cannot_be_kept_is_said()
    {
        Insert("'a', 1, NULL");
        Directory.CreateDirectory($"{_sources.MarkFile}.new");
        var source = Source();
        await using var run = new SourceRun(source);

        Assert.Contains("LiveViz:DataPath", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_rows_cost_only_themselves()
    {
        var hostile = new HostilePayloads(4);
        using (var connection = new SqliteConnection($"Data Source={_file};Pooling=false"))
        {
            connection.Open();
            using var transaction = connection.BeginTransaction();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO readings (ts, sensor, value, quality) VALUES (@a, @b, CAST(@c AS TEXT), @d)";
            var parameters = "abcd".Select(name => command.Parameters.Add(new SqliteParameter($"@{name}", null))).Select(i => command.Parameters[i.ParameterName]).ToList();
            for (var i = 0; i < HostilePayloads.Count; i++)
            {
                for (var j = 0; j < parameters.Count; j++)
                {
                    parameters[j].Value = (i % 16 & (1 << j)) != 0 ? hostile.Next() : j == 0 ? Now : j == 3 ? DBNull.Value : i;
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        Insert("'good', 1, NULL");
        var source = Source();
        await using var run = new SourceRun(source);

        while ((await run.TakeAsync(1))[0].SensorId != "good")
        {
        }

        Assert.True(source.Rejected > HostilePayloads.Count / 2);
        Assert.Single(_sources.Logger.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    private SqlSource Source(Action<SqlOptions>? change = null) => _sources.Create(SqlProvider.Sqlite, $"Data Source={_file}", change);

    private void Insert(string sensorValueQuality) =>
        Execute($"INSERT INTO readings (ts, sensor, value, quality) VALUES ('{Now}', {sensorValueQuality})");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
