using System.Data.Common;

namespace LiveViz.Server.History;

/// <summary>
/// Where history is kept: a database with a journal of samples as they came, blocks of each sensor's samples in the
/// order of time, and rollups. The SQL is the same for every database (<see cref="HistorySession"/>); what differs is
/// for those who derive from this. Its calls block: not for threads that others wait for.
/// </summary>
internal abstract class HistoryStore : IDisposable
{
    /// <summary>The version of the tables that this program writes.</summary>
    private const int Version = 1;

    private DbConnection? _writer;
    private HistorySession? _writing;

    /// <summary>What it is called, for an operator.</summary>
    public abstract string Name { get; }

    /// <summary>How large it is, in bytes; null where that is not known.</summary>
    public abstract long? Size { get; }

    /// <summary>What the database calls whole numbers, values, bytes and text.</summary>
    protected abstract (string Integer, string Real, string Bytes, string Text) Types { get; }

    /// <summary>What is said of a table whose rows lie in the order of its key, where the database can.</summary>
    protected virtual string Clustered => "";

    /// <summary>Opens it for writing; makes its tables, or brings them to the present version.</summary>
    /// <exception cref="HistoryException">It cannot be opened, or is of a newer version.</exception>
    public void Open() => Try(() =>
    {
        Close();
        _writer = Connect(forWriting: true);
        var version = ReadVersion(_writer);
        CheckVersion(version);
        if (version < Version)
        {
            using var transaction = _writer.BeginTransaction();
            Execute(_writer, transaction, Tables());
            WriteVersion(_writer, transaction, Version);
            transaction.Commit();
        }

        _writing = new HistorySession(_writer);
        return true;
    });

    /// <summary>Checks that it can be read, also while a server writes to it; nothing is made or changed.</summary>
    /// <exception cref="HistoryException">It cannot be, nothing was ever stored there, or it is of a newer version.</exception>
    public void OpenForReading() => Try(() =>
    {
        if (!Exists)
        {
            throw new HistoryException($"{Name} does not exist: nothing was ever stored there");
        }

        using var connection = Connect(forWriting: false);
        CheckVersion(ReadVersion(connection));
        return true;
    });

    /// <summary>Closes what is open, as after a failure.</summary>
    public virtual void Close()
    {
        _writing?.Dispose();
        _writing = null;
        _writer?.Dispose();
        _writer = null;
    }

    /// <inheritdoc/>
    public virtual void Dispose() => Close();

    /// <summary>Changes it: all that is done, or nothing. When this returns it is on the disk.</summary>
    /// <exception cref="HistoryException">It could not be.</exception>
    public T Write<T>(Func<HistorySession, T> change) => Try(() =>
    {
        if (_writer is null || _writing is null)
        {
            throw new HistoryException($"{Name} is not open");
        }

        using var transaction = _writer.BeginTransaction();
        _writing.Transaction = transaction;
        var result = change(_writing);
        transaction.Commit();
        return result;
    });

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<HistorySession> change) => Write(session =>
    {
        change(session);
        return true;
    });

    /// <summary>Reads it; on any thread, also while it is written to.</summary>
    /// <exception cref="HistoryException">It could not be.</exception>
    public T Read<T>(Func<HistorySession, T> read) => Try(() =>
    {
        var session = Take();
        try
        {
            var result = read(session);
            Return(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    });

    /// <summary>Whether there is anything to open.</summary>
    protected virtual bool Exists => true;

    /// <summary>A connection, open.</summary>
    protected abstract DbConnection Connect(bool forWriting);

    /// <summary>Something to read with.</summary>
    protected virtual HistorySession Take() => new(Connect(forWriting: false));

    /// <summary>Gives back what was read with.</summary>
    protected virtual void Return(HistorySession session) => session.Dispose();

    protected abstract int ReadVersion(DbConnection connection);

    protected abstract void WriteVersion(DbConnection connection, DbTransaction transaction, int version);

    /// <summary>Whether the failure says that there is no room.</summary>
    protected abstract bool IsFull(DbException failure);

    protected static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private void CheckVersion(int version)
    {
        if (version > Version)
        {
            throw new HistoryException($"{Name} was written by a newer LiveViz (tables of version {version}; this one knows {Version}). Start that one, or give this one another store");
        }
    }

    private string Tables()
    {
        var (integer, real, bytes, text) = Types;
        return $"""
            CREATE TABLE sensors (number {integer} PRIMARY KEY, id {text} NOT NULL UNIQUE, about {text} NOT NULL);
            CREATE TABLE journal (number {integer} PRIMARY KEY, data {bytes} NOT NULL);
            CREATE TABLE samples (
                sensor {integer} NOT NULL, first {integer} NOT NULL, last {integer} NOT NULL, count {integer} NOT NULL, data {bytes} NOT NULL,
                PRIMARY KEY (sensor, first));
            CREATE TABLE rollups (
                sensor {integer} NOT NULL, width {integer} NOT NULL, bucket {integer} NOT NULL, count {integer} NOT NULL, missing {integer} NOT NULL,
                first {real}, low {real}, high {real}, last {real}, sum {real} NOT NULL,
                first_at {integer} NOT NULL, low_at {integer} NOT NULL, high_at {integer} NOT NULL, last_at {integer} NOT NULL,
                quality {integer} NOT NULL, breaks {integer} NOT NULL,
                PRIMARY KEY (sensor, width, bucket)){Clustered};
            """;
    }

    private T Try<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (DbException e)
        {
            throw new HistoryException($"{Name}: {e.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.')}", IsFull(e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TimeoutException or InvalidOperationException)
        {
            throw new HistoryException($"{Name}: {e.Message}", inner: e);
        }
    }
}
