using LiveViz.Server.Sources.CsvReplay;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.History.Transfer;

/// <summary>
/// Brings recordings in CSV into history, in any of the forms that a CsvReplay source reads. While a batch of samples is
/// stored the next one is read; more is never in memory. What is stored stays, however it ends.
/// </summary>
/// <param name="store">Stores samples of sensors; it is waited for also where the import is ended, so that what is told is so.</param>
/// <param name="time">The clock.</param>
/// <param name="source">Of which source sensors are that are not known yet.</param>
/// <param name="settings">How long samples are kept.</param>
/// <param name="summary">Takes what is done.</param>
internal sealed class CsvImport(
    Func<IReadOnlyList<(Sensor Sensor, SampleList Samples)>, Task<ImportCount>> store,
    TimeProvider time,
    string source,
    HistorySettings settings,
    ImportSummary summary)
{
    /// <summary>The source of sensors that are not known yet, where none is given.</summary>
    public const string DefaultSource = "Import";

    // 17 bytes each, and some copies of them.
    private const int SamplesInBatch = 250_000;

    // A file of names that never come again must not fill the memory.
    private const int MostSensors = 100_000;

    // Between two looks at whether it goes on.
    private const int RowsBetweenLooks = 1000;

    private readonly Dictionary<string, ImportedSensor> _sensors = new(StringComparer.Ordinal);
    private readonly long _started = time.GetTimestamp();
    private Task<ImportCount> _storing = Task.FromResult(default(ImportCount));
    private int _buffered;

    /// <summary>Reads a file to its end. Reads block: not for a thread that others wait for.</summary>
    /// <param name="stream">What stands in it; disposed.</param>
    /// <param name="options">How it is read; its path is its name for messages.</param>
    /// <param name="progress">Called now and then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It has no header that can be made sense of, or too many sensors.</exception>
    /// <exception cref="HistoryException">Nothing can be stored now.</exception>
    public async Task ReadAsync(Stream stream, CsvReplayOptions options, Action progress, CancellationToken cancellationToken)
    {
        using var recording = CsvRecording.Open(stream, options, new ReplayedSensors(options.Prefix, options.Group ?? source));
        while (recording.Read())
        {
            if (summary.Rows++ % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress();
            }

            if (Add(recording, options) is { } problem)
            {
                summary.Reject(options.Path, recording.Line, problem);
            }

            if (_buffered >= SamplesInBatch)
            {
                await HandOverAsync();
            }
        }

        summary.Files++;
    }

    /// <summary>Waits until all that was read is stored.</summary>
    /// <exception cref="HistoryException">Not all of it could be.</exception>
    public async Task FinishAsync()
    {
        await HandOverAsync();
        await StoredAsync();
        summary.Completed = true;
    }

    /// <summary>Waits for what is being stored, where it ends early, and counts it.</summary>
    public async Task EndAsync()
    {
        try
        {
            await StoredAsync();
        }
        catch (HistoryException)
        {
            // What became of these is not known; what it was is said by whoever ended it.
        }

        summary.Seconds = time.GetElapsedTime(_started).TotalSeconds;
        var now = time.GetUtcNow().UtcTicks;
        var old = _sensors.Values.Count(sensor => settings.KeepsSamples(sensor.Sensor.Id) is { } kept && sensor.Oldest < now - kept.Ticks);
        if (old > 0)
        {
            summary.Note = $"{Counted.Of(old, "sensor")} {(old == 1 ? "has" : "have")} samples that are older than the server keeps each sample; only rollups of them will be left. "
                + "To keep them, set LiveViz:History:Retention:Samples (0 for ever), or an entry of LiveViz:History:Retention:Sensors, before a server runs on them";
        }
    }

    // What of it cannot be added, and why; null where all is.
    private string? Add(CsvRecording recording, CsvReplayOptions options)
    {
        if (recording.Points.Count == 0)
        {
            return recording.Problem;
        }

        if (Intake.TimeProblem(recording.Time, time.GetUtcNow().UtcDateTime) is { } timeProblem)
        {
            return $"it {timeProblem}";
        }

        var problem = recording.Problem;
        var before = _buffered;
        foreach (var point in recording.Points)
        {
            var sensor = Find(point.SensorId, options);
            if (sensor.Problem is { } refusal)
            {
                problem ??= $"sensor {ShownText.Quoted(point.SensorId)} {refusal}";
                continue;
            }

            sensor.Add(point.Timestamp.Ticks, point.Value, point.Quality);
            _buffered++;
        }

        if (_buffered > before)
        {
            summary.Met(recording.Time);
        }

        return problem;
    }

    private ImportedSensor Find(string id, CsvReplayOptions options)
    {
        if (!_sensors.TryGetValue(id, out var sensor))
        {
            if (_sensors.Count == MostSensors)
            {
                throw new InvalidDataException($"The file {options.Path} has more than {MostSensors} sensors; import it in parts.");
            }

            sensor = new ImportedSensor(new Sensor { Id = id, Group = options.Group ?? source, Source = source });
            _sensors.Add(id, sensor);
            if (sensor.Problem is null)
            {
                summary.Met(id);
            }
        }

        return sensor;
    }

    private async Task HandOverAsync()
    {
        await StoredAsync();
        var full = _sensors.Values.Where(sensor => sensor.Samples.Count > 0).ToList();
        // What is handed over is copied before this returns.
        _storing = store(full.ConvertAll(sensor => (sensor.Sensor, sensor.Samples)));
        full.ForEach(sensor => sensor.Samples.Clear());
        _buffered = 0;
    }

    private async Task StoredAsync()
    {
        var storing = _storing;
        _storing = Task.FromResult(default(ImportCount));
        summary.Count += await storing;
    }
}
