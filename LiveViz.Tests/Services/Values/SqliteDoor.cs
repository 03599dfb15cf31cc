using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LiveViz.Tests.Services.Values;

/// <summary>A table of SQLite, whose columns hold anything: times as texts and as numbers.</summary>
internal sealed class SqliteDoor(string name, string folder) : Door(name)
{
    private readonly string _file = Path.Combine(folder, "plant.db");

    public override bool IsKept => true;

    public override IReadOnlyList<string> Settings =>
    [
        "Type=Sql", "Provider=Sqlite", $"ConnectionString=Data Source={_file}", "Mark=id",
        "Query=SELECT id, ts, sensor, value FROM readings WHERE id > @since ORDER BY id",
    ];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        await using var connection = new SqliteConnection($"Data Source={_file};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE readings (id INTEGER PRIMARY KEY, ts, sensor, value)";
        await command.ExecuteNonQueryAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = "INSERT INTO readings (ts, sensor, value) VALUES (@ts, @sensor, @value)";
        foreach (var sample in samples)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("@ts", sample.Time.Instant is null ? Held(sample.Time.Text) : sample.Time.Text);
            command.Parameters.AddWithValue("@sensor", sample.Sensor);
            command.Parameters.AddWithValue("@value", sample.Number.IsWord ? sample.Number.Text : Held(sample.Number.Text));
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    // As it holds a number that is written in SQL.
    private static object Held(string number) => number.Length == 0 ? DBNull.Value
        : long.TryParse(number, CultureInfo.InvariantCulture, out var whole) ? (object)whole
        : double.Parse(number, CultureInfo.InvariantCulture);
}
