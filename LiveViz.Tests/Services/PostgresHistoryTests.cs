using LiveViz.Server.History;
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

    private TestHistory Empty()
    {
        using var connection = new NpgsqlConnection(postgres.ConnectionString);
        connection.Open();
        using var drop = new NpgsqlCommand("DROP SCHEMA IF EXISTS liveviz CASCADE", connection);
        drop.ExecuteNonQuery();
        return new TestHistory(() => new PostgresStore(postgres.ConnectionString));
    }
}
