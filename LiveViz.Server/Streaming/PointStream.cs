using System.Runtime.CompilerServices;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Gives one reader samples one by one: of each sensor its newest, and from then on every one. The plain way,
/// for programs that want samples and nothing else; charts read frames.
/// </summary>
internal sealed class PointStream(SensorLog log, TimeProvider time, IReadOnlyCollection<string>? sensorIds)
{
    private const int SamplesAtOnce = 1024;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly SensorSelection _selection = new(log, sensorIds);
    private readonly List<(SensorSeries Series, long Next)> _cursors = [];

    public async IAsyncEnumerable<DataPoint> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var buffer = new SampleBuffer(SamplesAtOnce);
        var isFirst = true;
        do
        {
            // Of a sensor that appears later, all: its first samples came while this reader was reading.
            _cursors.AddRange(_selection.TakeNew().Select(series => (series, isFirst ? Math.Max(1, series.Next - 1) : 1)));
            isFirst = false;
            for (var i = 0; i < _cursors.Count; i++)
            {
                var (series, next) = _cursors[i];
                // No further than what is there now: one busy sensor must not keep the others waiting.
                var end = series.Next;
                while (next < end)
                {
                    var first = series.Read(next, buffer);
                    for (var at = 0; at < buffer.Count; at++)
                    {
                        yield return Point(series.Sensor.Id, buffer, at, first + at);
                    }

                    next = first + buffer.Count;
                }

                _cursors[i] = (series, next);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static DataPoint Point(string id, SampleBuffer buffer, int at, long sequence)
    {
        var value = buffer.Values[at];
        return new DataPoint(
            id,
            new DateTime(buffer.Ticks[at], DateTimeKind.Utc),
            double.IsNaN(value) ? null : value,
            buffer.Marks[at].Quality(),
            sequence);
    }
}
