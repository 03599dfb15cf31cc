using System.Runtime.CompilerServices;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Gives one reader its frames: the window it asked for, then what is new, as often as it asked for and no faster
/// than it reads. It is a cursor on the log: a reader that is slow costs nobody anything.
/// </summary>
internal sealed class FrameStream
{
    private const int SamplesAtOnce = 4096;

    // Above this a frame is given as several, so that no reader is handed more than it can take in one gulp.
    private const int LongestFrame = 256 * 1024;

    // Also when there is no news: a reader must be able to tell silence from a lost connection.
    private static readonly long Heartbeat = TimeSpan.TicksPerSecond;

    // Out-of-order samples cost a refill of the window, so a sensor that sends many is not redrawn for each.
    private static readonly long BetweenRefills = 2 * TimeSpan.TicksPerSecond;

    private readonly SensorLog _log;
    private readonly TimeProvider _time;
    private readonly HashSet<string>? _wanted;
    private readonly TimeSpan _period;
    private readonly long _window;
    private readonly long _bucket;
    private readonly List<SeriesCursor> _cursors = [];
    private readonly FrameWriter _writer = new();
    private readonly SampleBuffer _input = new(SamplesAtOnce);
    private readonly SampleBuffer _output = new(SamplesAtOnce);
    private int _seen;

    public FrameStream(SensorLog log, TimeProvider time, FrameRequest request)
    {
        _log = log;
        _time = time;
        _wanted = request.SensorIds is { Count: > 0 } ids ? [.. ids] : null;
        _period = TimeSpan.FromSeconds(1 / request.FramesPerSecond);
        _window = (long)(request.WindowSeconds * TimeSpan.TicksPerSecond);
        _bucket = BucketWidth.For(_window, request.Width);
    }

    private long NowTicks => _time.GetUtcNow().UtcTicks;

    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_period, _time);
        long lastFrame = 0, lastRefill = 0;
        do
        {
            var now = NowTicks;
            TakeInNewSensors(now);
            var isRefill = lastRefill == 0
                || (_window > 0 && now - lastRefill >= BetweenRefills && _cursors.Exists(cursor => cursor.IsOutOfOrder));
            if (isRefill)
            {
                Refill(now);
                lastRefill = now;
            }

            foreach (var frame in NewFrames(now, isRefill))
            {
                lastFrame = now;
                yield return frame;
            }

            if (now - lastFrame >= Heartbeat)
            {
                lastFrame = now;
                yield return _writer.Finish(_log.Epoch, now, isRefill: false);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private void TakeInNewSensors(long now)
    {
        var all = _log.All;
        for (; _seen < all.Length; _seen++)
        {
            var series = all[_seen];
            if (_wanted is null || _wanted.Contains(series.Sensor.Id))
            {
                var cursor = new SeriesCursor(series, _bucket);
                cursor.Rewind(_window, now);
                _cursors.Add(cursor);
            }
        }
    }

    private void Refill(long now)
    {
        foreach (var cursor in _cursors)
        {
            cursor.Rewind(_window, now);
        }
    }

    private IEnumerable<byte[]> NewFrames(long now, bool isRefill)
    {
        foreach (var cursor in _cursors)
        {
            if (isRefill && cursor.HasDisorder)
            {
                cursor.WriteSorted(_writer, _input, _output, now);
            }

            do
            {
                cursor.Write(_writer, _input, _output, now);
                if (_writer.Length >= LongestFrame)
                {
                    yield return _writer.Finish(_log.Epoch, now, isRefill);
                    isRefill = false;
                }
            }
            while (cursor.HasMore);
        }

        if (_writer.Count > 0 || isRefill)
        {
            yield return _writer.Finish(_log.Epoch, now, isRefill);
        }
    }
}
