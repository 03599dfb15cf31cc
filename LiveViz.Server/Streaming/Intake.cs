using System.Globalization;
using LiveViz.Server.Processing;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Streaming;

/// <summary>
/// The only door into the sensor log. It makes of each sample what the rest relies on, refuses what cannot be
/// made so, with a reason, and counts both. One instance a source.
/// </summary>
public sealed class Intake
{
    private const int LongestId = 256;

    // A clock may be off, and still its samples are worth having; but a time beyond any clock error would
    // stay the newest for good, and hold every chart in the future.
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(1);

    private readonly SensorLog _log;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _source;
    private readonly ISensorSource? _describedBy;
    private readonly SensorProcessing? _processing;
    private long _accepted;
    private long _duplicates;
    private long _rejected;
    private string _lastRejection = "";

    /// <summary>Opens the door for one source; without <paramref name="describedBy"/>, its sensors are known by their ids alone.</summary>
    internal Intake(SensorLog log, TimeProvider time, ILogger logger, string source, ISensorSource? describedBy, SensorProcessing? processing = null)
    {
        _log = log;
        _time = time;
        _logger = logger;
        _source = source;
        _describedBy = describedBy;
        _processing = processing;
    }

    /// <summary>How many samples were taken in.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many samples were sent again that had been taken in before: they are not taken twice.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>How many samples were refused.</summary>
    public long Rejected => Volatile.Read(ref _rejected);

    /// <summary>Why the last one was refused; empty if none was.</summary>
    public string LastRejection => Volatile.Read(ref _lastRejection);

    /// <summary>Makes known the sensors the source lists, so that they are seen before their first sample.</summary>
    public void Describe()
    {
        foreach (var sensor in _describedBy?.Sensors ?? [])
        {
            if (IdProblem(sensor.Id) is null)
            {
                Open(sensor.Id, sensor, out _);
            }
        }
    }

    /// <summary>Takes a sample in, or refuses it. One thread at a time.</summary>
    /// <returns>Whether it was taken in.</returns>
    public bool Accept(in DataPoint point) => Accept(point, out _);

    /// <summary>Takes a sample in, or refuses it and says why. One thread at a time.</summary>
    /// <param name="point">The sample.</param>
    /// <param name="problem">Why it was refused, to follow the words "sensor such and such"; null where it was not.</param>
    /// <returns>Whether it was taken in.</returns>
    public bool Accept(in DataPoint point, out string? problem)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        var timestamp = AsUtc(point.Timestamp);
        problem = Find(point.SensorId, timestamp, now, out var series);
        if (problem is not null)
        {
            Reject(problem, point);
            return false;
        }

        var value = point.Value is { } v && double.IsFinite(v) ? v : double.NaN;
        var quality = double.IsNaN(value) || point.Quality > Quality.Bad ? Quality.Bad : point.Quality;
        if (series!.Knows(timestamp.Ticks, value, quality))
        {
            Volatile.Write(ref _duplicates, _duplicates + 1);
            return true;
        }

        series.Take(timestamp.Ticks, value, quality, now.Ticks);
        Volatile.Write(ref _accepted, _accepted + 1);
        return true;
    }

    private string? Find(string? id, DateTime timestamp, DateTime now, out SensorSeries? series)
    {
        var timeProblem = TimeProblem(timestamp, now);
        if (id is null || !_log.TryGet(id, out series))
        {
            series = null;
            // A sample that is refused makes no sensor known: ids of an attacker's would fill the memory of the log.
            return IdProblem(id) ?? timeProblem ?? Open(id!, Described(id!), out series);
        }

        if (timeProblem is not null)
        {
            return timeProblem;
        }

        // One that has not come through here yet stands in the log from before, or is somebody else's.
        return ReferenceEquals(series.Door, this) ? null : OwnerProblem(series) ?? Open(id, Described(id), out series);
    }

    // Apart from Find, where the closure would be made for every sample.
    private Sensor Described(string id) =>
        _describedBy?.Sensors.FirstOrDefault(sensor => sensor.Id == id) ?? new Sensor { Id = id, Group = _source };

    private string? Open(string id, Sensor sensor, out SensorSeries? series)
    {
        var described = sensor with { Id = id, Source = _source };
        var shown = _processing?.Describe(described) ?? described;
        if (!_log.TryAdd(shown, out series))
        {
            return "is one sensor too many for the memory of the log; raise LiveViz:LogMegabytes";
        }

        if (OwnerProblem(series) is { } problem)
        {
            return problem;
        }

        series.Sensor = shown;
        series.Door = this;
        _processing?.Attach(series, described);
        return null;
    }

    private string? OwnerProblem(SensorSeries series) =>
        series.IsCalculated ? "is calculated by the server; give it another id"
        : series.Sensor.Source != _source ? $"belongs to the source \"{series.Sensor.Source}\"; give one of the two another id"
        : null;

    internal static string? IdProblem(string? id) => id switch
    {
        null or "" => "has no id",
        { Length: > LongestId } => $"has an id of {id.Length} characters; at most {LongestId} are allowed",
        "." or ".." => "has an id that no address can hold",
        _ when id.Any(char.IsControl) => "has a control character in its id",
        _ when Invisible(id) is { } invisible => $"has an invisible character in its id, U+{(int)invisible:X4}",
        _ when id.Trim().Length < id.Length => "has an id that begins or ends with a space",
        _ => null,
    };

    // Such as spaces of no width, which tell two ids apart that look the same.
    private static char? Invisible(string id) =>
        id.AsEnumerable().Where(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format).Select(c => (char?)c).FirstOrDefault();

    private static DateTime AsUtc(DateTime timestamp) =>
        timestamp.Kind == DateTimeKind.Local ? timestamp.ToUniversalTime() : timestamp;

    internal static string? TimeProblem(DateTime timestamp, DateTime now) =>
        timestamp < DateTime.UnixEpoch ? $"has a time before 1970: {timestamp:O}"
        : timestamp > now + FurthestAhead ? $"has a time more than a day ahead of the server's clock: {timestamp:O}"
        : null;

    private void Reject(string problem, in DataPoint point)
    {
        var id = point.SensorId ?? "";
        // What an operator reads is one line, whatever someone wrote into the id.
        var rejection = $"sensor \"{ShownText.Cut(id, 40)}\" {problem}";
        // Each source's first is logged; the rest are counted, and the last is on the sources page.
        if (Interlocked.Increment(ref _rejected) == 1)
        {
            _logger.LogWarning("Source {Source}: a sample was refused: {Rejection}", _source, rejection);
        }

        Volatile.Write(ref _lastRejection, rejection);
    }
}
