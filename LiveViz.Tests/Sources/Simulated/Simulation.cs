using LiveViz.Server.Sources.Simulated;

namespace LiveViz.Tests.Sources.Simulated;

/// <summary>Runs simulated sources in virtual time.</summary>
internal static class Simulation
{
    public static SimulatedSource Source(SimulatedOptions options, TimeProvider time) =>
        new(options, time, new ListLogger<SimulatedSource>());

    /// <summary>All points of the first <paramref name="duration"/> from the start.</summary>
    public static async Task<List<DataPoint>> Run(SimulatedOptions options, TimeSpan duration, VirtualTime? time = null)
    {
        time ??= new VirtualTime();
        var end = time.GetUtcNow().UtcDateTime + duration;
        return await Source(options, time).ReadAsync(CancellationToken.None)
            .TakeWhile(point => point.Timestamp < end).ToListAsync();
    }

    public static double[] Values(this IEnumerable<DataPoint> points, string sensorId) =>
        [.. points.Where(point => point.SensorId == sensorId).Select(point => point.Value!.Value)];

    /// <summary>Pearson's correlation of two series of the same length.</summary>
    public static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}
