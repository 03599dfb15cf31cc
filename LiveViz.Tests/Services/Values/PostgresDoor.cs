using System.Globalization;

namespace LiveViz.Tests.Services.Values;

/// <summary>A table of PostgreSQL: times and floating-point numbers, or decimals for both, with seconds as times.</summary>
internal sealed class PostgresDoor(string name, PostgresServer database, string store, bool isNumeric) : Door(name)
{
    private readonly string _table = $"{store}_{(isNumeric ? "decimals" : "floats")}";

    public override TimeCount Counts => isNumeric ? TimeCount.Recognised : TimeCount.None;

    public override bool IsKept => true;

    public override IReadOnlyList<string> Settings =>
    [
        "Type=Sql", "Provider=Postgres", $"ConnectionString={database.ConnectionString}", "Mark=id",
        $"Query=SELECT id, ts, sensor, value FROM {_table} WHERE id > @since ORDER BY id",
    ];

    public override Task SendAsync(Uri server, IReadOnlyList<Sample> samples) => database.ExecuteAsync(
        $"CREATE TABLE {_table} (id bigint, ts {(isNumeric ? "numeric" : "timestamptz")}, sensor text, value {(isNumeric ? "numeric" : "float8")});"
        + string.Concat(samples.Select((sample, i) => $"INSERT INTO {_table} VALUES ({i}, '{TimeOf(sample.Time)}', '{sample.Sensor}', {ValueOf(sample.Number)});")));

    private static string ValueOf(AwkwardNumber number) => number.Text.Length == 0 ? "NULL" : $"'{number.Text}'";

    private string TimeOf(AwkwardTime time) => isNumeric && time.Instant is { } at
        ? ((at.Ticks - DateTime.UnixEpoch.Ticks) / (decimal)TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture)
        : time.Text;
}
