namespace LiveViz.FanOut;

/// <summary>A run that has a name.</summary>
internal sealed record Scenario(string Name, Settings Settings)
{
    /// <summary>All there are, in the order in which they are run.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Each("hub", Dialect.Hub, 1, 50, 200, 1000),
        .. Each("raw", Dialect.Raw, 1, 50, 200, 1000),
        new("hub-200-10fps", new() { Clients = 200, FramesPerSecond = 10 }),
        new("raw-200-10fps", new() { Via = Dialect.Raw, Clients = 200, FramesPerSecond = 10 }),
        new("hub-1000-10fps", new() { Clients = 1000, FramesPerSecond = 10 }),
        new("raw-1000-10fps", new() { Via = Dialect.Raw, Clients = 1000, FramesPerSecond = 10 }),
        new("hub-200-decimals", new() { Clients = 200, Round = true }),
        new("hub-200-single", new() { Clients = 200, Single = true }),
        new("hub-1000-stalled", new() { Clients = 1000, Stalled = 10, Seconds = 30 }),
        .. Each("points", Dialect.Points, 1, 50),
        .. Each("points-json", Dialect.PointsJson, 1, 50),
        .. Each("peer", Dialect.Peer, 1, 50, 200),
        new("reduced-1000", new() { Clients = 1000, Sensors = 1000, WindowSeconds = 60, Width = 300, FramesPerSecond = 4 }),
        new("idle-10000", new() { Clients = 10_000, Sensors = 1, Rate = 1, FramesPerSecond = 1 }),
    ];

    private static IEnumerable<Scenario> Each(string name, Dialect via, params int[] clients) =>
        clients.Select(count => new Scenario($"{name}-{count}", new() { Via = via, Clients = count }));
}
