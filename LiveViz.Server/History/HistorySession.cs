using System.Data;
using System.Data.Common;
using System.Text.Json;

namespace LiveViz.Server.History;

/// <summary>What is asked of and done to a store over one of its connections; its statements are prepared once.</summary>
internal sealed class HistorySession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    /// <summary>In which transaction it works; null for none.</summary>
    public DbTransaction? Transaction { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    /// <summary>Every sensor that was ever stored.</summary>
    public List<StoredSensor> Sensors() => Read("SELECT number, about FROM sensors ORDER BY number", [], row =>
        new StoredSensor((int)row.GetInt64(0), JsonSerializer.Deserialize<Sensor>(row.GetString(1), JsonSerializerOptions.Web)!));

    /// <summary>Keeps a sensor, or what is known of it now.</summary>
    public void Write(StoredSensor stored) => Run(
        "INSERT INTO sensors (number, id, about) VALUES (@number, @id, @about) ON CONFLICT (id) DO UPDATE SET about = excluded.about",
        [("@number", (long)stored.Number), ("@id", stored.Sensor.Id), ("@about", JsonSerializer.Serialize(stored.Sensor, JsonSerializerOptions.Web))]);

    /// <summary>What is in the journal, oldest first: what has not been put into blocks.</summary>
    public List<(long Number, byte[] Data)> Journal() =>
        Read("SELECT number, data FROM journal ORDER BY number", [], row => (row.GetInt64(0), (byte[])row.GetValue(1)));

    /// <summary>Writes an entry of the journal.</summary>
    public void WriteJournal(long number, byte[] data) =>
        Run("INSERT INTO journal (number, data) VALUES (@number, @data)", [("@number", number), ("@data", data)]);

    /// <summary>Forgets entries of the journal up to and with one.</summary>
    public void DropJournal(long last) => Run("DELETE FROM journal WHERE number <= @last", [("@last", last)]);

    /// <summary>Blocks of a sensor with samples at or after one time and before another, in the order of time, up to so many.</summary>
    public List<SampleBlock> Blocks(int sensor, long from, long until, int most) => Read(
        """
        SELECT first, last, count, data FROM samples
        WHERE sensor = @sensor AND first < @until
          AND first >= COALESCE((SELECT first FROM samples WHERE sensor = @sensor AND first <= @from ORDER BY first DESC LIMIT 1), @from)
          AND last >= @from
        ORDER BY first LIMIT @most
        """,
        [("@sensor", (long)sensor), ("@from", from), ("@until", until), ("@most", (long)most)],
        row => Block(sensor, row));

    /// <summary>The last block of a sensor that begins at or before a time; null where there is none.</summary>
    public SampleBlock? BlockAt(int sensor, long ticks) => Read(
        "SELECT first, last, count, data FROM samples WHERE sensor = @sensor AND first <= @at ORDER BY first DESC LIMIT 1",
        [("@sensor", (long)sensor), ("@at", ticks)],
        row => Block(sensor, row)).FirstOrDefault();

    /// <summary>When the first block of a sensor after a time begins, in ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextBlock(int sensor, long ticks) => Read(
        "SELECT first FROM samples WHERE sensor = @sensor AND first > @at ORDER BY first LIMIT 1",
        [("@sensor", (long)sensor), ("@at", ticks)],
        row => row.GetInt64(0)).FirstOrDefault(long.MaxValue);

    /// <summary>Writes a block, in place of the one that begins at the same time.</summary>
    public void Write(SampleBlock block) => Run(
        """
        INSERT INTO samples (sensor, first, last, count, data) VALUES (@sensor, @first, @last, @count, @data)
        ON CONFLICT (sensor, first) DO UPDATE SET last = excluded.last, count = excluded.count, data = excluded.data
        """,
        [("@sensor", (long)block.Sensor), ("@first", block.First), ("@last", block.Last), ("@count", (long)block.Count), ("@data", block.Data)]);

    /// <summary>
    /// Forgets blocks of a sensor that end before a time, those whose samples are as far apart as is said, the oldest first.
    /// </summary>
    /// <param name="sensor">The sensor's number.</param>
    /// <param name="before">In ticks.</param>
    /// <param name="narrowest">How far apart their samples are at least, in ticks.</param>
    /// <param name="widest">Less than this, in ticks.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many.</returns>
    public int DropBlocks(int sensor, long before, long narrowest, long widest, int most) => Run(
        """
        DELETE FROM samples WHERE sensor = @sensor AND first IN (
            SELECT first FROM samples
            WHERE sensor = @sensor AND first < @before AND last < @before AND last - first >= @narrowest * count AND last - first < @widest * count
            ORDER BY first LIMIT @most)
        """,
        [("@sensor", (long)sensor), ("@before", before), ("@narrowest", narrowest), ("@widest", widest), ("@most", (long)most)]);

    /// <summary>Forgets rollups of a sensor of one level before a bucket, the oldest first.</summary>
    /// <returns>How many.</returns>
    public int DropRollupsBefore(int sensor, int level, long bucket, int most) => Run(
        """
        DELETE FROM rollups WHERE sensor = @sensor AND width = @width AND bucket IN (
            SELECT bucket FROM rollups WHERE sensor = @sensor AND width = @width AND bucket < @before ORDER BY bucket LIMIT @most)
        """,
        [("@sensor", (long)sensor), ("@width", Seconds(level)), ("@before", bucket), ("@most", (long)most)]);

    /// <summary>Rollups of a sensor of one level, from one bucket to before another, in the order of time.</summary>
    public List<StoredRollup> Rollups(int sensor, int level, long from, long until) => Read(
        """
        SELECT bucket, count, missing, first, low, high, last, sum, first_at, low_at, high_at, last_at, quality, breaks FROM rollups
        WHERE sensor = @sensor AND width = @width AND bucket >= @from AND bucket < @until ORDER BY bucket
        """,
        [("@sensor", (long)sensor), ("@width", Seconds(level)), ("@from", from), ("@until", until)],
        row => Rollup(sensor, level, row));

    /// <summary>Forgets the rollups of a sensor of one level from one bucket to before another.</summary>
    public void DropRollups(int sensor, int level, long from, long until) => Run(
        "DELETE FROM rollups WHERE sensor = @sensor AND width = @width AND bucket >= @from AND bucket < @until",
        [("@sensor", (long)sensor), ("@width", Seconds(level)), ("@from", from), ("@until", until)]);

    /// <summary>Writes the rollup of a bucket, in place of the one it has.</summary>
    public void Write(StoredRollup stored)
    {
        var rollup = stored.Rollup;
        var has = rollup.Count > 0;
        Run(
            """
            INSERT INTO rollups (sensor, width, bucket, count, missing, first, low, high, last, sum, first_at, low_at, high_at, last_at, quality, breaks)
            VALUES (@sensor, @width, @bucket, @count, @missing, @first, @low, @high, @last, @sum, @first_at, @low_at, @high_at, @last_at, @quality, @breaks)
            ON CONFLICT (sensor, width, bucket) DO UPDATE SET count = excluded.count, missing = excluded.missing, first = excluded.first,
                low = excluded.low, high = excluded.high, last = excluded.last, sum = excluded.sum, first_at = excluded.first_at,
                low_at = excluded.low_at, high_at = excluded.high_at, last_at = excluded.last_at, quality = excluded.quality, breaks = excluded.breaks
            """,
            [
                ("@sensor", (long)stored.Sensor), ("@width", Seconds(stored.Level)), ("@bucket", stored.Bucket),
                ("@count", rollup.Count), ("@missing", rollup.Missing),
                ("@first", Value(has, rollup.First)), ("@low", Value(has, rollup.Low)), ("@high", Value(has, rollup.High)), ("@last", Value(has, rollup.Last)),
                // The sum of values near the largest there are may be beyond it.
                ("@sum", Math.Clamp(rollup.Sum, double.MinValue, double.MaxValue)),
                ("@first_at", rollup.FirstTicks - stored.From), ("@low_at", rollup.LowTicks - stored.From),
                ("@high_at", rollup.HighTicks - stored.From), ("@last_at", rollup.LastTicks - stored.From),
                ("@quality", (long)rollup.Worst), ("@breaks", (long)rollup.Breaks),
            ]);
    }

    private static object Value(bool has, double value) => has ? value : DBNull.Value;

    private static long Seconds(int level) => RollupLevel.Width(level) / TimeSpan.TicksPerSecond;

    private static SampleBlock Block(int sensor, DbDataReader row) =>
        new(sensor, row.GetInt64(0), row.GetInt64(1), (int)row.GetInt64(2), (byte[])row.GetValue(3));

    private static StoredRollup Rollup(int sensor, int level, DbDataReader row)
    {
        var bucket = row.GetInt64(0);
        var from = bucket * RollupLevel.Width(level);
        var count = row.GetInt64(1);
        double At(int column) => count > 0 ? row.GetDouble(column) : double.NaN;
        return new StoredRollup(sensor, level, bucket, new Rollup
        {
            Count = count,
            Missing = row.GetInt64(2),
            First = At(3),
            Low = At(4),
            High = At(5),
            Last = At(6),
            Sum = row.GetDouble(7),
            FirstTicks = from + row.GetInt64(8),
            LowTicks = from + row.GetInt64(9),
            HighTicks = from + row.GetInt64(10),
            LastTicks = from + row.GetInt64(11),
            Worst = (Quality)row.GetInt64(12),
            Breaks = (RollupBreaks)row.GetInt64(13),
        });
    }

    private int Run(string sql, ReadOnlySpan<(string Name, object Value)> values) => Command(sql, values).ExecuteNonQuery();

    private List<T> Read<T>(string sql, ReadOnlySpan<(string Name, object Value)> values, Func<DbDataReader, T> row)
    {
        using var reader = Command(sql, values).ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.DbType = value switch { long => DbType.Int64, string => DbType.String, byte[] => DbType.Binary, _ => DbType.Double };
                command.Parameters.Add(parameter);
            }

            command.Transaction = Transaction;
            command.Prepare();
            _commands[sql] = command;
        }

        command.Transaction = Transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i].Value;
        }

        return command;
    }
}
