using System.Globalization;
using LiveViz.Server.Sources.Sql;
using LiveViz.Tests.Sources;
using LiveViz.Tests.Sources.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveViz.Tests.Services.Sql;

[Trait("Category", "Services")]
public sealed class PostgresSourceTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly SqlSources _sources = new();
    private readonly string _table = $"readings_{Guid.NewGuid():N}";

    public void Dispose() => _sources.Dispose();

    [Fact]
    public async Task Rows_become_samples_and_so_do_those_that_come_later()
    {
        await CreateAsync("bigint", "double precision");
        await InsertAsync("1, 'a', 1.5, 'Uncertain'");
        await using var run = new SourceRun(Source());

        Assert.Equal(new DataPoint("a", Time, 1.5, Quality.Uncertain), (await run.TakeAsync(1))[0]);
        await InsertAsync("2, 'b', NULL, NULL");
        Assert.Equal(new DataPoint("b", Time, null, Quality.Bad), (await run.TakeAsync(1))[0]);
    }

    [Fact]
    public async Task Rows_come_over_TLS()
    {
        await CreateAsync("bigint", "int");
        // Of each connection the server says itself whether it is encrypted.
        await server.ExecuteAsync($"INSERT INTO {_table} (id, sensor) VALUES (1, 'a')");
        await using var run = new SourceRun(Source(options =>
        {
            options.ConnectionString = server.EncryptedConnectionString;
            options.Query = $"SELECT id, ts, sensor, (SELECT ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS value FROM {_table} WHERE id > @since ORDER BY id";
        }));

        Assert.Equal(1, (await run.TakeAsync(1))[0].Value);
    }

    [Theory]
    [InlineData("double precision", "'NaN'", null)]
    [InlineData("double precision", "'-Infinity'", null)]
    [InlineData("double precision", "'-0'", -0.0)]
    [InlineData("real", "1.5", 1.5)]
    [InlineData("numeric", "9007199254740993", 9007199254740992.0)]
    [InlineData("numeric", "0.1", 0.1)]
    [InlineData("numeric", "3.14159265358979323846", Math.PI)]
    [InlineData("bigint", "9223372036854775807", 9223372036854775807.0)]
    [InlineData("smallint", "-1", -1.0)]
    [InlineData("boolean", "true", 1.0)]
    [InlineData("text", "'21.5'", 21.5)]
    public async Task Value_is_a_number_or_a_gap(string type, string written, double? value)
    {
        await CreateAsync("bigint", type);
        await InsertAsync($"1, 'a', {written}, NULL");
        await using var run = new SourceRun(Source());

        Assert.Equal(new DataPoint("a", Time, value, value is null ? Quality.Bad : Quality.Good), (await run.TakeAsync(1))[0]);
    }

    [Theory]
    [InlineData("timestamp", "'2026-01-02 03:04:05.123456'", "2026-01-02T03:04:05.1234560Z")]
    [InlineData("timestamptz", "'2026-01-02 04:04:05.123456+01'", "2026-01-02T03:04:05.1234560Z")]
    [InlineData("timestamptz", "'infinity'", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("date", "'2026-01-02'", "2026-01-02T00:00:00.0000000Z")]
    [InlineData("bigint", "1767323045123", "2026-01-02T03:04:05.1230000Z")]
    [InlineData("numeric", "1767323045.5", "2026-01-02T03:04:05.5000000Z")]
    [InlineData("double precision", "1767323045.5", "2026-01-02T03:04:05.5000000Z")]
    [InlineData("text", "'2026-01-02T03:04:05Z'", "2026-01-02T03:04:05.0000000Z")]
    public async Task Time_is_any_type_that_holds_one(string type, string written, string time)
    {
        await server.ExecuteAsync($"CREATE TABLE {_table} (id bigint, ts {type}, sensor text, value int, quality text); INSERT INTO {_table} VALUES (1, {written}, 'a', 1, NULL)");
        await using var run = new SourceRun(Source());

        Assert.Equal(time, (await run.TakeAsync(1))[0].Timestamp.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("'NaN'")]
    [InlineData("1e30")]
    [InlineData("1e-320")]
    public async Task Numeric_that_cannot_be_read_is_counted_and_told_with_what_to_do(string written)
    {
        await CreateAsync("bigint", "numeric");
        await InsertAsync($"1, 'a', {written}, NULL");
        await InsertAsync("2, 'b', 1, NULL");
        var source = Source();
        await using var run = new SourceRun(source);

        Assert.Equal("b", (await run.TakeAsync(1))[0].SensorId);
        Assert.Equal(1, source.Rejected);
        Assert.Contains("value::float8", Assert.Single(_sources.Logger.Entries, entry => entry.Level >= LogLevel.Warning).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp", "'20000-01-01'")]
    [InlineData("numeric", "'NaN'")]
    [InlineData("numeric", "1e100")]
    [InlineData("double precision", "'Infinity'")]
    [InlineData("bytea", "'\\x00'")]
    public async Task Row_with_a_time_that_no_calendar_has_is_counted_and_its_neighbour_read(string type, string written)
    {
        await server.ExecuteAsync($"CREATE TABLE {_table} (id bigint, ts text, t {type}, sensor text, value int, quality text); INSERT INTO {_table} VALUES (1, NULL, {written}, 'a', 1, NULL)");
        var source = Source(options =>
        {
            options.Query = $"SELECT id, t, sensor, value FROM {_table} WHERE id > @since ORDER BY id";
            options.TimeColumn = "t";
        });
        await using var run = new SourceRun(source);

        await _sources.KeptAsync("1");

        Assert.Equal(1, source.Rejected);
        Assert.Single(_sources.Logger.Entries, entry => entry.Level >= LogLevel.Warning);
        Assert.False(run.HasMore);
    }

    [Theory]
    [InlineData("smallint", "1", "2", "2", "3")]
    [InlineData("integer", "1", "2", "2", "3")]
    [InlineData("bigint", "-9223372036854775807", "1", "1", "9223372036854775807")]
    [InlineData("numeric", "1.5", "1.50000000001", "1.50000000001", "2")]
    [InlineData("double precision", "-1e308", "0.1", "0.1", "1e308")]
    [InlineData("timestamp", "'2026-01-01 00:00:00.000001'", "'2026-01-01 00:00:00.000002'", "2026-01-01T00:00:00.0000020", "'2026-01-02'")]
    [InlineData("timestamptz", "'2026-01-01 00:00:00.000001Z'", "'2026-01-01 00:00:00.000002Z'", "2026-01-01T00:00:00.0000020Z", "'2026-01-02Z'")]
    public async Task Mark_of_any_type_gives_each_row_once_over_a_restart(string type, string first, string second, string kept, string third)
    {
        await CreateAsync(type, "int");
        await InsertAsync($"{first}, 'a', 1, NULL");
        await InsertAsync($"{second}, 'a', 2, NULL");
        var source = Source();
        await using (var run = new SourceRun(source))
        {
            Assert.Equal([1, 2], (await run.TakeAsync(2)).Select(point => point.Value));
            source.Committed(2);
            await _sources.KeptAsync(kept);
        }

        await InsertAsync($"{third}, 'a', 3, NULL");
        await using var again = new SourceRun(Source());

        Assert.Equal(3, (await again.TakeAsync(1))[0].Value);
    }

    [Theory]
    [InlineData("bigint", "1", "2", "1", 2)]
    [InlineData("timestamptz", "'2026-01-01Z'", "'2026-01-02Z'", "2026-01-01T12:00:00Z", 2)]
    [InlineData("bigint", "1", "2", "Beginning", 1)]
    public async Task First_run_begins_where_it_is_told(string type, string first, string second, string start, double expected)
    {
        await CreateAsync(type, "int");
        await InsertAsync($"{first}, 'a', 1, NULL");
        await InsertAsync($"{second}, 'a', 2, NULL");
        await using var run = new SourceRun(Source(options => options.Start = start));

        Assert.Equal(expected, (await run.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task First_run_may_begin_with_what_comes_next()
    {
        await server.ExecuteAsync($"CREATE TABLE {_table} (\"Id\" bigint, ts timestamptz, sensor text, value int); INSERT INTO {_table} VALUES (7, now(), 'a', 1)");
        await using var run = new SourceRun(Source(options =>
        {
            options.Query = $"SELECT * FROM {_table} WHERE \"Id\" > @since ORDER BY \"Id\"";
            options.Start = "Now";
        }));
        await _sources.KeptAsync("7");

        await server.ExecuteAsync($"INSERT INTO {_table} VALUES (8, now(), 'a', 2)");

        Assert.Equal(2, (await run.TakeAsync(1))[0].Value);
    }

    [Fact]
    public async Task Start_that_does_not_go_with_the_mark_is_said()
    {
        await CreateAsync("bigint", "int");
        await using var run = new SourceRun(Source(options => options.Start = "2026-01-01"));

        Assert.Contains("needs a number", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mark_that_is_neither_number_nor_time_is_said()
    {
        await CreateAsync("text", "int");
        await using var run = new SourceRun(Source());

        Assert.Contains("type text", await run.FailureAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_is_not_stored_and_it_comes_again()
    {
        await CreateAsync("bigint", "int");
        await server.ExecuteAsync($"INSERT INTO {_table} SELECT i, now(), 'a', i FROM generate_series(1, 25) AS i");
        var source = Source(options => options.Rows = 10);
        await using (var killed = new SourceRun(source))
        {
            await killed.TakeAsync(25);
            source.Committed(19);
            await _sources.KeptAsync("10");
        }

        await using var run = new SourceRun(Source());

        Assert.Equal(Enumerable.Range(11, 15).Select(i => (double?)i), (await run.TakeAsync(15)).Select(point => point.Value));
    }

    [Fact]
    public async Task Query_that_takes_too_long_is_broken_off_and_said_and_holds_up_no_other()
    {
        await CreateAsync("bigint", "int");
        await InsertAsync("1, 'a', 1, NULL");
        await using var slow = new SourceRun(Source(options =>
        {
            options.Query = $"SELECT * FROM {_table}, pg_sleep(1000) WHERE id > @since ORDER BY id";
            options.Timeout = TimeSpan.FromSeconds(2);
        }));
        await using var other = new SourceRun(Source(options => options.Name = "other"));

        Assert.Equal(1, (await other.TakeAsync(1))[0].Value);
        // Where the machine is busy, the connection itself may take as long.
        Assert.Matches("longer than Timeout|not answer within Timeout", await slow.FailureAsync());
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Database=postgres", "refused")]
    [InlineData("Host=no-such-host.invalid;Username=x;Database=postgres", "database cannot be read")]
    public async Task Database_that_cannot_be_reached_is_said(string connectionString, string says)
    {
        await using var run = new SourceRun(_sources.Create(SqlProvider.Postgres, connectionString));

        var failure = await run.FailureAsync();

        Assert.Contains(says, failure, StringComparison.Ordinal);
        Assert.Contains("check ConnectionString", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_name_is_said()
    {
        await using var run = new SourceRun(_sources.Create(SqlProvider.Postgres, new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = "nobody", Password = "secret" }.ConnectionString));

        var failure = await run.FailureAsync();

        Assert.Contains("role \"nobody\" does not exist", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_that_goes_down_is_said_and_read_from_again_when_it_is_back()
    {
        var own = new PostgresServer();
        await own.InitializeAsync();
        try
        {
            await own.ExecuteAsync("CREATE TABLE readings (id bigint, ts timestamptz, sensor text, value int, quality text); INSERT INTO readings VALUES (1, now(), 'a', 1)");
            var source = _sources.Create(SqlProvider.Postgres, own.ConnectionString);
            await using (var run = new SourceRun(source))
            {
                await run.TakeAsync(1);
                source.Committed(1);
                await _sources.KeptAsync("1");
                await own.StopAsync();
                Assert.Contains("check ConnectionString", await run.FailureAsync(), StringComparison.Ordinal);
            }

            await own.StartAsync();
            await own.ExecuteAsync("INSERT INTO readings VALUES (2, now(), 'a', 2)");
            await using var back = new SourceRun(source);
            Assert.Equal(2, (await back.TakeAsync(1))[0].Value);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private SqlSource Source(Action<SqlOptions>? change = null) => _sources.Create(SqlProvider.Postgres, server.ConnectionString, options =>
    {
        options.Query = $"SELECT id, ts, sensor, value, quality FROM {_table} WHERE id > @since ORDER BY id";
        change?.Invoke(options);
    });

    private Task CreateAsync(string markType, string valueType) =>
        server.ExecuteAsync($"CREATE TABLE {_table} (id {markType}, ts timestamptz DEFAULT '2026-01-02 03:04:05Z', sensor text, value {valueType}, quality text)");

    private Task InsertAsync(string values) => server.ExecuteAsync($"INSERT INTO {_table} (id, sensor, value, quality) VALUES ({values})");
}
