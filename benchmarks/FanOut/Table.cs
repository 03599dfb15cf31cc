using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LiveViz.FanOut.Load;

namespace LiveViz.FanOut;

/// <summary>The results as Markdown.</summary>
internal sealed class Table
{
    // Below this a client's share of the server's memory is lost in what the garbage collector does.
    private const int EnoughForMemory = 200;

    // What of the source's samples may be missing from a measurement that begins and ends between two frames.
    private const double EdgeOfMeasurement = 0.02;

    private readonly StringBuilder _rows = new();
    private readonly StringBuilder _remarks = new();
    private readonly List<(Settings Settings, double Cost)> _costs = [];

    public void Add(Scenario scenario, LoadResult result)
    {
        var settings = scenario.Settings;
        var points = result.PointsPerClient * result.Reading;
        var share = result.CoveredPerClient / result.Seconds / settings.SourceRate;
        var cost = result.ServerCpuSeconds / points * 1e6;
        _costs.Add((settings, cost));
        string[] cells =
        [
            scenario.Name,
            Text($"{settings.Clients:N0}"),
            Text($"{settings.Sensors:N0} × {settings.Rate:0.##}"),
            Text($"{points / result.Seconds:N0}"),
            settings.EverySample ? Text($"{share:P1}") : Text($"{share:P1}, reduced"),
            Text($"{cost:0.000}"),
            Text($"{result.ServerCpuSeconds / result.Seconds:0.00}"),
            Text($"{result.BytesPerSampled / result.PointsPerClient:0.0}"),
            Text($"{result.Latency50:N0}"),
            Text($"{result.Latency99:N0}"),
            Text($"{result.WorstGap:N0}"),
            settings.Clients < EnoughForMemory ? "–" : Text($"{(result.MemoryAfter - result.MemoryBefore) / 1024.0 / settings.Clients:N1}"),
            Text($"{result.MemoryAfter / 1048576.0:N0}"),
            Text($"{result.Lost} / {result.Repeated}"),
            Text($"{result.LoadCpuSeconds / result.Seconds:0.00}"),
        ];
        _rows.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        foreach (var remark in Remarks(settings, result, share))
        {
            _remarks.Append(CultureInfo.InvariantCulture, $"- {scenario.Name}: {remark}\n");
        }
    }

    public override string ToString() =>
        $"""
        {Machine()}

        | scenario | clients | sensors × Hz | points/s in all | of the source | CPU s / 10⁶ points | server CPU, cores | bytes / point | p50 ms | p99 ms | worst gap ms | KiB / client | server MiB | lost / twice | load CPU, cores |
        |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
        {_rows}
        {_remarks}{Ratios()}
        """;

    /// <summary>What a point costs each kind of server, where kinds were given the same to do.</summary>
    private string Ratios() => string.Concat(
        from run in _costs
        group run by run.Settings with { Via = default, Port = 0, ServerProcess = 0, Seconds = 0 } into same
        let hub = same.Where(run => run.Settings.Via == Dialect.Hub).Select(run => run.Cost).FirstOrDefault()
        where hub > 0 && same.Count() > 1
        let each = string.Join(", ", same.Select(run => Text($"{run.Settings.Via} {run.Cost / hub:0.00}")))
        select Text($"- CPU a point at {same.Key.Clients:N0} clients and {same.Key.FramesPerSecond} frames/s, the hub's frames = 1: {each}\n"));

    private static IEnumerable<string> Remarks(Settings settings, LoadResult result, double share)
    {
        if (share < 1 - EdgeOfMeasurement)
        {
            yield return Text($"saturated: {share:P1} of the samples got through in this time, and latency grows as long as it runs");
        }

        var others = result.BytesPerOther / result.BytesPerSampled;
        if (settings.Clients > settings.Sampled && Math.Abs(others - 1) > EdgeOfMeasurement)
        {
            yield return Text($"clients that were only counted received {others:P1} of the bytes of those that were read; points/s in all is off by as much");
        }

        if (!result.IsPastTold)
        {
            yield return "saturated: the clients were still being told the past when the measurement began, and points of it are among those counted";
        }

        if (result.ClosedWhileReading > 0)
        {
            yield return Text($"the server closed {result.ClosedWhileReading} clients that were reading");
        }

        if (result.LoadCpuSeconds / result.Seconds > 0.8 * settings.Threads)
        {
            yield return "the load tool was at its limit: this says nothing about the server";
        }

        if (settings.Stalled > 0)
        {
            var closed = result.StalledClosedAfter.Where(after => after is not null).ToList();
            var within = closed.Count(after => after <= 15);
            var when = closed.Count == 0 ? "" : Text($", the first after {closed.Min():0.0} s and the last after {closed.Max():0.0} s");
            yield return Text($"of {result.StalledClosedAfter.Count} clients that stopped reading, {within} were closed within 15 s and {closed.Count} within {result.Seconds:0} s{when}");
        }
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores shared by server and load tool, Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, {RuntimeInformation.FrameworkDescription}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
