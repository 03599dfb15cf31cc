using System.Data.Common;
using System.Runtime.CompilerServices;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Sources.Sql;

/// <summary>
/// Asks a database again and again for the rows after the last one read. How far that is, is kept over a restart, and
/// moves on only over rows whose samples are stored, or of which none could be made.
/// </summary>
internal sealed class SqlSource : ISensorSource
{
    private readonly SqlOptions _options;
    private readonly TimeProvider _time;
    private readonly Rejections _rejections;
    private readonly SqlReader _reader;
    private readonly SqlMarkFile _file;
    private Acknowledger<SqlMark>? _acknowledger;

    public SqlSource(SqlOptions options, IOptions<LiveVizOptions> server, TimeProvider time, ILogger<SqlSource> logger)
    {
        _options = options;
        _time = time;
        _rejections = new Rejections(options.Name, logger);
        _reader = new SqlReader(options, _rejections);
        _file = new SqlMarkFile(server.Value.DataPath, options);
    }

    /// <inheritdoc />
    public bool Acknowledges => true;

    /// <inheritdoc />
    public long Rejected => _rejections.Count;

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var acknowledger = new Acknowledger<SqlMark>(marks => Task.Run(() => _file.Write(marks[^1])));
        Volatile.Write(ref _acknowledger, acknowledger);
        var kept = _file.Read();
        var since = kept ?? await TryAsync(() => _reader.StartAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (kept is null)
        {
            // Else a start from now on would be another one after each restart, until there is a first row.
            acknowledger.Add(0, since);
        }

        while (true)
        {
            var page = await TryAsync(() => _reader.ReadAsync(since, cancellationToken), cancellationToken).ConfigureAwait(false);
            acknowledger.ThrowIfFailed();
            if (page.Mark != since)
            {
                since = page.Mark;
                acknowledger.Add(page.Points.Count, since);
            }

            foreach (var point in page.Points)
            {
                yield return point;
            }

            if (!page.HasMore)
            {
                await Task.Delay(_options.Every, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc />
    public void Committed(long count) => Volatile.Read(ref _acknowledger)?.Committed(count);

    private static async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"The query cannot be used: {e.Message}", e);
        }
        catch (Exception e) when (e is DbException or TimeoutException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException($"The database cannot be read: {SqlDatabase.Describe(e)}; check ConnectionString and Query, and whether the database runs", e);
        }
    }
}
