using System.Runtime.CompilerServices;
using LiveViz.Sources;

namespace LiveViz.FanOut.Serving;

/// <summary>
/// Random walks sampled together. A timestamp is when the sample was due, not when it was yielded: where the
/// source is kept waiting by the machine it serves, that shows as latency and not as nothing.
/// </summary>
internal sealed class BenchSource : ISensorSource
{
    private readonly BenchOptions _options;
    private readonly TaskCompletionSource _caughtUp;
    private readonly string[] _ids;

    public BenchSource(BenchOptions options, TaskCompletionSource caughtUp)
    {
        _options = options;
        _caughtUp = caughtUp;
        _ids = [.. Enumerable.Range(0, options.Sensors).Select(number => $"bench-{number:D4}")];
        Sensors = [.. _ids.Select(id => new Sensor { Id = id, Unit = "bar", Resolution = options.Round ? 0.01 : null })];
    }

    public IReadOnlyCollection<Sensor> Sensors { get; }

    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var values = new double[_ids.Length];
        Array.Fill(values, 50);
        var period = (long)(TimeSpan.TicksPerSecond / _options.Rate);
        // The past is what is already due.
        var due = DateTime.UtcNow.AddSeconds(-_options.History);
        while (!cancellationToken.IsCancellationRequested)
        {
            for (; due <= DateTime.UtcNow; due = due.AddTicks(period))
            {
                for (var i = 0; i < _ids.Length; i++)
                {
                    values[i] = Math.Clamp(values[i] + random.NextDouble() - 0.5, 0, 100);
                    yield return new DataPoint(_ids[i], due, _options.Round ? Math.Round(values[i], 2) : values[i]);
                }
            }

            _caughtUp.TrySetResult();
            var left = due - DateTime.UtcNow;
            // A delay is cut down to whole milliseconds, and one too short would be a busy wait.
            await Task.Delay(Math.Max(1, (int)Math.Ceiling(left.TotalMilliseconds)), cancellationToken);
        }
    }
}
