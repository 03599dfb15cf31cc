namespace LiveViz.Tests.Services.Values;

/// <summary>
/// Awkward numbers and times come out the same, through whichever door they came in, wherever they were stored and however
/// they are read; or as <see cref="AwkwardTable"/> says.
/// </summary>
[Trait("Category", "Services")]
public sealed class EveryDoorTests(DoorServers servers) : IClassFixture<DoorServers>
{
    private static readonly string[] Stores = ["sqlite", "postgres"];

    private static readonly string[] Names =
    [
        "points", "lines", "tcp-lines", "tcp-json", "hub-json", "hub-packed", "mqtt-json", "mqtt-ms", "mqtt-plain", "sparkplug",
        "kafka", "nats", "jetstream", "postgres", "postgres-numeric", "sqlite", "replay", "import",
    ];

    public static TheoryData<string, string> Doors
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (store, door) in Stores.SelectMany(store => Names.Select(door => (store, door))))
            {
                data.Add(store, door);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public void Number(string store, string door) =>
        Check(store, door, AwkwardTable.Numbers, (row, at) => row.At(at), Outcome.Number);

    [Theory]
    [MemberData(nameof(Doors))]
    public void Time(string store, string door) =>
        Check(store, door, AwkwardTable.Times, (row, at) => row.At(at), point => Outcome.Time(point.Timestamp));

    [Theory]
    [MemberData(nameof(Doors))]
    public void What_is_refused_is_counted(string store, string door)
    {
        var source = Find(store, door).Source;
        var doors = servers[store].Doors.Where(other => other.Source == source).ToList();

        var expected = doors.Sum(other => AwkwardTable.Samples(other).Count(sample => other.IsRefused(sample)));

        Assert.Equal(expected, doors[0].Rejected ?? servers[store].Sources[source].Rejected);
    }

    private Door Find(string store, string door) => servers[store].Doors.Single(other => other.Name == door);

    private void Check<T>(string store, string door, IEnumerable<T> rows, Func<T, Door, string> rule, Func<DataPoint, string> shown)
        where T : AwkwardRow
    {
        var at = Find(store, door);
        List<string> wrong = [];
        foreach (var (reading, points) in servers[store].Read.Where(read => at.IsLive || !read.Key.StartsWith("stream", StringComparison.Ordinal)))
        {
            foreach (var row in rows.Where(row => rule(row, at) != Outcome.Unsaid))
            {
                var arrived = points.Contains(at.Sensor(row)) ? string.Join(" and ", points[at.Sensor(row)].Select(shown)) : Outcome.Refused;
                if (arrived != rule(row, at))
                {
                    wrong.Add($"{row.Name} by {reading}: {arrived} in the place of {rule(row, at)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
