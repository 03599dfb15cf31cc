using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace LiveViz.Server.Sources.Sql;

/// <summary>What the databases do each in their own way.</summary>
internal static class SqlDatabase
{
    /// <summary>What is wrong with a connection string, without saying what is in it; null where nothing is.</summary>
    public static string? ProblemOf(SqlProvider provider, string connectionString)
    {
        try
        {
            return provider == SqlProvider.Sqlite
                ? new SqliteConnectionStringBuilder(connectionString).DataSource.Length > 0 ? null : "names no file; write Data Source=plant.db"
                : new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 } ? null : "names no server; write Host=localhost;Database=plant";
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"is none of {provider}'s: it has an unknown or malformed part, other than Host=…;Username=…;Password=…;Database=… or Data Source=…";
        }
    }

    /// <summary>Makes a connection, not open yet.</summary>
    public static DbConnection Connection(SqlProvider provider, string connectionString, TimeSpan timeout)
    {
        if (provider == SqlProvider.Postgres)
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "LiveViz", CommandTimeout = (int)timeout.TotalSeconds };
            return new NpgsqlConnection(settings.ConnectionString);
        }

        var file = new SqliteConnectionStringBuilder(connectionString)
        {
            // A file that was taken away would go on being read from a pooled connection.
            Pooling = false,
            DefaultTimeout = (int)timeout.TotalSeconds,
        };
        if (file.Mode == SqliteOpenMode.ReadWriteCreate)
        {
            // A name with a typing error is to be told, and not to become an empty database.
            file.Mode = SqliteOpenMode.ReadWrite;
        }

        return new SqliteConnection(file.ConnectionString);
    }

    /// <summary>Lets a command be broken off; SQLite's driver does so for locks only, and computes on the caller's thread.</summary>
    public static IDisposable BreakOff(DbConnection connection, CancellationToken cancellationToken) =>
        connection is SqliteConnection { Handle: { } handle }
            ? cancellationToken.Register(() => raw.sqlite3_interrupt(handle))
            : default(CancellationTokenRegistration);

    /// <summary>What went wrong, in the database's words.</summary>
    public static string Describe(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => "the query took longer than Timeout",
        SqliteException { SqliteErrorCode: raw.SQLITE_INTERRUPT } => "the query took longer than Timeout",
        OperationCanceledException => "the query took longer than Timeout",
        PostgresException postgres => postgres.MessageText,
        NpgsqlException { InnerException: TimeoutException } => "it did not answer within Timeout",
        NpgsqlException { InnerException: { } inner } => inner.Message,
        SqliteException { SqliteErrorCode: raw.SQLITE_CANTOPEN } => "the file cannot be opened",
        _ => e.Message,
    };
}
