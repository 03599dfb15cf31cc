using System.Data.Common;
using Npgsql;

namespace LiveViz.Server.History;

/// <summary>History in a PostgreSQL database, in a schema of its own.</summary>
internal sealed class PostgresStore : HistoryStore
{
    private const string Schema = "liveviz";

    // One server writes to a schema; another that tries waits for nothing and is told.
    private const long WriterLock = 0x4c69766556697a;

    // A server that has just ended, or was killed, holds it until the database has seen that it is gone.
    private const int MostTries = 10;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly NpgsqlDataSource _source;
    private readonly string _where;

    /// <summary>Does not connect yet.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public PostgresStore(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema, ApplicationName = "LiveViz" };
        builder.Timeout = Math.Min(builder.Timeout, 5);
        _where = $"{builder.Database ?? builder.Username} on {builder.Host}:{builder.Port}";
        _source = NpgsqlDataSource.Create(builder.ConnectionString);
    }

    /// <inheritdoc/>
    public override string Name => $"the history in {_where}";

    /// <inheritdoc/>
    public override long? Size => null;

    /// <inheritdoc/>
    protected override (string Integer, string Real, string Bytes, string Text) Types => ("bigint", "double precision", "bytea", "text");

    /// <inheritdoc/>
    protected override bool Exists
    {
        get
        {
            using var connection = _source.OpenConnection();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT to_regclass('{Schema}.about') IS NOT NULL";
            return command.ExecuteScalar() is true;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _source.Dispose();
    }

    /// <inheritdoc/>
    protected override DbConnection Connect(bool forWriting)
    {
        var connection = _source.OpenConnection();
        if (!forWriting)
        {
            return connection;
        }

        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT pg_try_advisory_lock({WriterLock})";
            var tries = 0;
            while (command.ExecuteScalar() is not true)
            {
                if (++tries < MostTries)
                {
                    Thread.Sleep(BetweenTries);
                    continue;
                }

                throw new HistoryException("another LiveViz server is using it; stop that one, or give this one a database of its own");
            }

            // Acknowledged means stored, whatever the server's own setting.
            Execute(connection, null, $"CREATE SCHEMA IF NOT EXISTS {Schema}; SET synchronous_commit = on");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override int ReadVersion(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS about (version bigint NOT NULL); SELECT COALESCE(MAX(version), 0) FROM about";
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <inheritdoc/>
    protected override void WriteVersion(DbConnection connection, DbTransaction transaction, int version) =>
        Execute(connection, transaction, $"DELETE FROM about; INSERT INTO about VALUES ({version})");

    /// <inheritdoc/>
    protected override bool IsFull(DbException failure) => failure is PostgresException { SqlState: PostgresErrorCodes.DiskFull };
}
