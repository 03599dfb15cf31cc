using LiveViz.Feeds;

namespace LiveViz.Charts;

/// <summary>The sensors of a chart, and the place of each among all, which is its colour on every chart.</summary>
internal sealed record ChartSensors(IReadOnlyList<Sensor> Sensors, IReadOnlyList<int> Colours)
{
    private const int Tries = 5;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Finds them. It waits until there is one at least, and a little for the others; what is still not known then
    /// is taken by its id, and drawn once it sends.
    /// </summary>
    /// <param name="feed">Where to ask.</param>
    /// <param name="wanted">Ids; none for every sensor.</param>
    /// <param name="time">Paces the asking.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<ChartSensors> FindAsync(
        ISensorFeed feed, IReadOnlyList<string> wanted, TimeProvider time, CancellationToken cancellationToken)
    {
        var ids = wanted.Distinct(StringComparer.Ordinal).ToList();
        for (var tried = 0; ; tried++)
        {
            var all = await feed.GetSensorsAsync(cancellationToken);
            var places = all.Select((sensor, place) => (sensor.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place, StringComparer.Ordinal);
            var known = ids.Count == 0 ? all.Count : ids.Count(places.ContainsKey);
            if (known > 0 && (known >= ids.Count || tried >= Tries))
            {
                var sensors = ids.Count == 0
                    ? all
                    : [.. ids.Select(id => places.TryGetValue(id, out var place) ? all[place] : new Sensor { Id = id })];
                return new ChartSensors(sensors, [.. sensors.Select((sensor, i) => places.GetValueOrDefault(sensor.Id, i))]);
            }

            await Task.Delay(BetweenTries, time, cancellationToken);
        }
    }
}
