using System.Runtime.CompilerServices;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>
/// Plays a recording again: the samples of a CSV file with the values and the timestamps they have there, at the
/// pace they were recorded or a multiple of it. A row that cannot be read, or a cell of one, is counted, reported and skipped.
/// </summary>
internal sealed class CsvReplaySource(CsvReplayOptions options, TimeProvider time, ILogger<CsvReplaySource> logger) : ISensorSource
{
    // Between two waits, let others have the thread after as many rows: a fast disk never makes one wait.
    private const int RowsBetweenYields = 256;

    private readonly ReplayedSensors _sensors = new(options.Prefix, GroupOf(options));
    private long _rejected;

    /// <inheritdoc />
    public IReadOnlyCollection<Sensor> Sensors => _sensors.Known;

    /// <inheritdoc />
    public bool EndsByItself => !options.Loop;

    /// <inheritdoc />
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <inheritdoc />
    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pace = new ReplayPace(options.Speed, time);
        var report = new RejectionReport(options.Path, logger);
        var shift = TimeSpan.Zero;
        var rows = 0;
        while (true)
        {
            var extent = new RecordedExtent();
            using var recording = CsvRecording.Open(options, _sensors);
            while (recording.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (++rows % RowsBetweenYields == 0)
                {
                    await Task.Yield();
                }

                var isPlayed = recording.Points.Count > 0;
                var problem = recording.Problem;
                if (isPlayed && ProblemOf(recording.Time, shift) is { } late)
                {
                    (isPlayed, problem) = (false, late);
                }

                if (problem is not null)
                {
                    Interlocked.Increment(ref _rejected);
                    report.Add(recording.Line, problem);
                }

                if (!isPlayed)
                {
                    continue;
                }

                extent.Add(recording.Time);
                await pace.WaitAsync(recording.Time + shift, cancellationToken).ConfigureAwait(false);
                for (var i = 0; i < recording.Points.Count; i++)
                {
                    var point = recording.Points[i];
                    yield return point with { Timestamp = point.Timestamp + shift };
                }
            }

            report.EndPass();
            if (extent.IsEmpty)
            {
                throw new InvalidDataException(
                    $"The file {options.Path} has no row that can be played after its header{report.First}.");
            }

            if (!options.Loop)
            {
                yield break;
            }

            shift += extent.Length;
        }
    }

    private static string? ProblemOf(DateTime time, TimeSpan shift) =>
        time.Ticks > DateTime.MaxValue.Ticks - shift.Ticks ? "its time, moved on by the passes before, is beyond the year 9999" : null;

    private static string GroupOf(CsvReplayOptions options) =>
        !string.IsNullOrEmpty(options.Group) ? options.Group
        : !string.IsNullOrEmpty(options.Name) ? options.Name
        : options.DefaultName;
}
