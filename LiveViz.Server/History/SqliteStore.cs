using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace LiveViz.Server.History;

/// <summary>History in a file, with SQLite: write-ahead log, and every commit on the disk before it is answered.</summary>
/// <param name="path">The file; its folder is made where it is missing.</param>
internal sealed class SqliteStore(string path) : HistoryStore
{
    private const int DiskFull = 13;

    // Older ones may lose a commit when a checkpoint meets a writer (fixed in 3.51.3).
    private static readonly System.Version Oldest = new(3, 51, 3);

    private readonly ConcurrentBag<HistorySession> _idle = [];
    private FileStream? _lock;

    /// <inheritdoc/>
    public override string Name => $"the history at {path}";

    /// <inheritdoc/>
    public override long? Size => new[] { path, path + "-wal" }.Sum(file => File.Exists(file) ? new FileInfo(file).Length : 0);

    /// <inheritdoc/>
    protected override (string Integer, string Real, string Bytes, string Text) Types => ("INTEGER", "REAL", "BLOB", "TEXT");

    /// <inheritdoc/>
    protected override string Clustered => " WITHOUT ROWID";

    /// <inheritdoc/>
    protected override bool Exists => File.Exists(path);

    /// <inheritdoc/>
    public override void Close()
    {
        base.Close();
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _lock?.Dispose();
    }

    /// <inheritdoc/>
    protected override DbConnection Connect(bool forWriting)
    {
        if (forWriting)
        {
            Own();
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            if (forWriting)
            {
                CheckVersion(connection);
            }

            Execute(connection, null, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override HistorySession Take() => _idle.TryTake(out var idle) ? idle : base.Take();

    /// <inheritdoc/>
    protected override void Return(HistorySession session) => _idle.Add(session);

    /// <inheritdoc/>
    protected override int ReadVersion(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (int)(long)command.ExecuteScalar()!;
    }

    /// <inheritdoc/>
    protected override void WriteVersion(DbConnection connection, DbTransaction transaction, int version) =>
        Execute(connection, transaction, $"PRAGMA user_version = {version}");

    /// <inheritdoc/>
    protected override bool IsFull(DbException failure) => failure is SqliteException { SqliteErrorCode: DiskFull };

    private static void CheckVersion(SqliteConnection connection)
    {
        if (System.Version.Parse(connection.ServerVersion) < Oldest)
        {
            throw new HistoryException($"SQLite is {connection.ServerVersion}; history needs {Oldest} or newer, as older ones may lose what was committed");
        }
    }

    /// <summary>Two servers that write to one file would each miss what the other has.</summary>
    private void Own()
    {
        if (_lock is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            _lock = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new HistoryException("another LiveViz server is using it; stop that one, or give this one another LiveViz:History:Path", inner: e);
        }
    }
}
