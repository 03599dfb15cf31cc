using LiveViz.Server.History;
using LiveViz.Server.History.Transfer;
using LiveViz.Tests.History;
using Npgsql;

namespace LiveViz.Tests.Services;

/// <summary>History in PostgreSQL: the same as in a file, on a real server.</summary>
[Trait("Category", "Services")]
public sealed class PostgresHistoryTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public void What_is_read_is_what_came() => HistoryPropertyTests.Check(Empty, courses: 10, threads: 1);

    [Fact]
    public void Second_server_that_would_write_is_told()
    {
        using var first = Empty();
        using var second = new PostgresStore(postgres.ConnectionString);

        var refusal = Assert.Throws<HistoryException>(second.Open);

        Assert.Contains("another LiveViz server is using it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_beside_a_server_finds_what_is_in_place_and_what_is_in_the_journal_and_makes_nothing_where_nothing_is()
    {
        Drop();
        using var reading = new PostgresStore(postgres.ConnectionString);
        var refusal = Assert.Throws<HistoryException>(() => new StoredSamples(reading));
        using var history = Empty();
        history.Store([(Clock.Ticks(1), 1, Quality.Good), (Clock.Ticks(3), 3, Quality.Good)], settled: true);
        history.Store([(Clock.Ticks(2), 2, Quality.Good), (Clock.Ticks(4), 4, Quality.Good)], settled: false);

        var (samples, isAll) = await new StoredSamples(reading).ReadAsync("a", 0, long.MaxValue, most: 100, default);

        Assert.Contains("nothing was ever stored there", refusal.Message, StringComparison.Ordinal);
        Assert.True(isAll);
        Assert.Equal([1, 2, 3, 4], samples.Values);
    }

    private TestHistory Empty()
    {
        Drop();
        return new TestHistory(() => new PostgresStore(postgres.ConnectionString));
    }

    private void Drop()
    {
        using var connection = new NpgsqlConnection(postgres.ConnectionString);
        connection.Open();
        using var drop = new NpgsqlCommand("DROP SCHEMA IF EXISTS liveviz CASCADE", connection);
        drop.ExecuteNonQuery();
    }
}
