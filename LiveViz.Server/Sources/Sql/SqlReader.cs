using System.Data;
using System.Data.Common;
using LiveViz.Server.Sources.Payloads;
using Npgsql;
using NpgsqlTypes;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Asks the database for what is new.</summary>
/// <param name="options">The source's settings.</param>
/// <param name="rejections">Takes what cannot be read.</param>
internal sealed class SqlReader(SqlOptions options, Rejections rejections)
{
    // The line break, as the query may end in a comment.
    private readonly string _query = $"({options.Query.Trim().TrimEnd(';')}\n) AS page";

    /// <summary>The mark to begin with where none is kept: as the options say.</summary>
    /// <exception cref="InvalidDataException">There is none of the kind that the column has.</exception>
    public async Task<SqlMark> StartAsync(CancellationToken cancellationToken)
    {
        var (kind, column) = await AskAsync($"SELECT * FROM {_query} LIMIT 0", null, MarkColumn, cancellationToken).ConfigureAwait(false);
        var lowest = SqlMark.Lowest(kind);
        if (SqlStart.IsNow(options.Start))
        {
            return await AskAsync($"SELECT max(\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\") FROM {_query}", lowest, Highest, cancellationToken)
                .ConfigureAwait(false) ?? lowest;
        }

        try
        {
            return SqlStart.IsBeginning(options.Start) ? lowest
                : options.Provider == SqlProvider.Sqlite ? SqlMark.Parse(options.Start)
                : SqlMark.Parse(kind, options.Start);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"Start is {options.Start}, and the column {options.Mark} needs {e.Message}", e);
        }
    }

    /// <summary>Reads the rows after a mark, as many as there are at once at most.</summary>
    /// <exception cref="InvalidDataException">The query does not give what is needed.</exception>
    public Task<SqlPage> ReadAsync(SqlMark since, CancellationToken cancellationToken) =>
        // One row more than is read says whether there are more.
        AskAsync($"SELECT * FROM {_query} LIMIT {options.Rows + 1}", since, rows => PageOf(rows, since), cancellationToken);

    private static SqlMark? Highest(DbDataReader rows) => rows.Read() && !rows.IsDBNull(0) ? SqlMark.Of(rows.GetValue(0)) : null;

    private (SqlMarkKind Kind, string Column) MarkColumn(DbDataReader rows)
    {
        var column = SqlColumns.Of(rows, options).Mark;
        return (KindOf(rows, column), rows.GetName(column));
    }

    private SqlMarkKind KindOf(DbDataReader rows, int column)
    {
        if (options.Provider == SqlProvider.Sqlite)
        {
            // A column may hold anything there; whole numbers begin before texts.
            return SqlMarkKind.Integer;
        }

        var type = rows.GetFieldType(column);
        return type == typeof(long) || type == typeof(int) || type == typeof(short) ? SqlMarkKind.Integer
            : type == typeof(decimal) ? SqlMarkKind.Decimal
            : type == typeof(double) || type == typeof(float) ? SqlMarkKind.Real
            : type != typeof(DateTime) ? throw new InvalidDataException($"the column {options.Mark} is of type {rows.GetDataTypeName(column)}; a mark must be a number or a time")
            : rows.GetDataTypeName(column).Contains("with time zone", StringComparison.Ordinal) ? SqlMarkKind.Instant
            : SqlMarkKind.Clock;
    }

    private SqlPage PageOf(DbDataReader rows, SqlMark since)
    {
        var columns = SqlColumns.Of(rows, options);
        var reader = new SqlRow(columns, options);
        var points = new List<DataPoint>();
        var last = since;
        var whole = (Mark: since, Points: 0, Rejected: 0);
        var read = 0;
        var problem = "";
        var rejected = 0;
        while (rows.Read())
        {
            var mark = SqlMark.Of(rows.GetValue(columns.Mark));
            if (read > 0 && !mark.IsAtLeast(last))
            {
                throw new InvalidDataException($"the rows do not come in the order of the mark: {mark.Text} after {last.Text}; end the query with ORDER BY {options.Mark}");
            }

            if (mark != last)
            {
                whole = (last, points.Count, rejected);
            }

            last = mark;
            if (read++ == options.Rows)
            {
                // Of the last mark there may be more rows than this page has: it is left to the next.
                if (whole.Mark == since)
                {
                    throw new InvalidDataException($"more than {options.Rows} rows have the mark {mark.Text}; raise Rows, or take a mark that tells them apart");
                }

                points.RemoveRange(whole.Points, points.Count - whole.Points);
                Reject(whole.Rejected, problem);
                return new SqlPage(points, whole.Mark, HasMore: true);
            }

            var count = reader.Read(rows, points, out var why);
            problem = rejected == 0 && count > 0 ? $"with the mark {mark.Text} {why}" : problem;
            rejected += count;
        }

        Reject(rejected, problem);
        return new SqlPage(points, last, HasMore: false);
    }

    private void Reject(int count, string problem)
    {
        if (count > 0)
        {
            rejections.Add(count, "the row", problem);
        }
    }

    // On another thread: SQLite computes on the caller's, and what it takes long for is to hold up nobody.
    private Task<T> AskAsync<T>(string text, SqlMark? since, Func<DbDataReader, T> read, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(options.Timeout);
            await using var connection = SqlDatabase.Connection(options.Provider!.Value, options.ConnectionString, options.Timeout);
            try
            {
                await connection.OpenAsync(patience.Token).ConfigureAwait(false);
                await using var command = connection.CreateCommand();
                command.CommandText = text;
                command.Parameters.Add(Since(command, since));
                using var breakOff = SqlDatabase.BreakOff(connection, patience.Token);
                await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, patience.Token).ConfigureAwait(false);
                return read(rows);
            }
            catch (NpgsqlException)
            {
                // Where the server was restarted, all that the pool has kept is of no use.
                NpgsqlConnection.ClearPool((NpgsqlConnection)connection);
                throw;
            }
        },
        cancellationToken);

    private static DbParameter Since(DbCommand command, SqlMark? since)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = SqlOptions.Since;
        parameter.Value = since is { } mark ? mark.Value : DBNull.Value;
        if (parameter is NpgsqlParameter typed)
        {
            // An untyped null is of the type that the query needs, which then says what the marks are.
            typed.NpgsqlDbType = since?.Kind switch
            {
                SqlMarkKind.Integer => NpgsqlDbType.Bigint,
                SqlMarkKind.Decimal => NpgsqlDbType.Numeric,
                SqlMarkKind.Real => NpgsqlDbType.Double,
                SqlMarkKind.Instant => NpgsqlDbType.TimestampTz,
                SqlMarkKind.Clock => NpgsqlDbType.Timestamp,
                _ => NpgsqlDbType.Unknown,
            };
        }

        return parameter;
    }
}
