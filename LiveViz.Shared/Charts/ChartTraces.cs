namespace LiveViz.Charts;

/// <summary>
/// Gathers frames until the browser is ready to draw, as what ExtendTraces takes. It keeps only what is not drawn
/// yet: a slow browser gets fewer and larger batches, and no more than its window of them.
/// </summary>
public sealed class ChartTraces
{
    private readonly Dictionary<string, int> _indexOf;
    private readonly Pending[] _pending;
    private readonly bool[] _stale;
    private readonly bool _isRecorded;
    private readonly int _mostPoints;
    private readonly Lock _gate = new();
    private bool _isRefill;
    private bool _hasNews;
    private double _now;

    /// <summary>Begins with nothing.</summary>
    /// <param name="sensors">The sensors, one trace each, in the order of the traces.</param>
    /// <param name="mostPoints">How many points a trace keeps in the browser.</param>
    public ChartTraces(IReadOnlyList<Sensor> sensors, int mostPoints)
    {
        _indexOf = sensors.Select((sensor, i) => (sensor.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        _pending = [.. sensors.Select(_ => new Pending([], []))];
        _stale = new bool[sensors.Count];
        _isRecorded = sensors.Count > 0 && sensors.All(sensor => sensor.Recorded);
        _mostPoints = mostPoints;
    }

    /// <summary>Takes in a frame.</summary>
    public void Add(Frame frame)
    {
        lock (_gate)
        {
            if (frame.IsRefill)
            {
                _isRefill = true;
                _now = 0;
                foreach (var pending in _pending)
                {
                    pending.Clear();
                }
            }

            foreach (var column in frame.Columns)
            {
                if (_indexOf.TryGetValue(column.SensorId, out var index))
                {
                    Add(column, index);
                }
            }

            // A recording has a clock of its own: that of its newest sample.
            _now = _isRecorded ? _now : Milliseconds(frame.Time.Ticks);
            _hasNews = true;
        }
    }

    /// <summary>Takes out what is to be drawn; null where nothing has come since the last time.</summary>
    public ChartBatch? Take()
    {
        lock (_gate)
        {
            if (!_hasNews)
            {
                return null;
            }

            var indices = Enumerable.Range(0, _pending.Length).Where(i => _pending[i].X.Count > 0).ToArray();
            var batch = new ChartBatch(
                _isRefill,
                indices,
                [.. indices.Select(i => _pending[i].X.ToArray())],
                [.. indices.Select(i => _pending[i].Y.ToArray())],
                _now,
                [.. _stale]);
            foreach (var index in indices)
            {
                _pending[index].Clear();
            }

            _isRefill = false;
            _hasNews = false;
            return batch;
        }
    }

    private void Add(FrameColumn column, int index)
    {
        var pending = _pending[index];
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            var marks = column.Marks[i];
            var x = Milliseconds(column.Ticks[i]);
            if (marks.HasGapBefore())
            {
                pending.Add(x, null);
            }

            // What must not be used is not drawn, whatever number came with it.
            var isDrawn = marks.Quality() != Quality.Bad && !double.IsNaN(column.Values[i]);
            pending.Add(x, isDrawn ? column.Values[i] : null);
        }

        pending.DropOldest(_mostPoints);
        _stale[index] = column.IsStale;
        if (_isRecorded && column.Latest is { } latest)
        {
            _now = Math.Max(_now, Milliseconds(latest.Timestamp.Ticks));
        }
    }

    private static double Milliseconds(long ticks) => (double)(ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private sealed record Pending(List<object> X, List<object?> Y)
    {
        public void Add(double x, double? y)
        {
            X.Add(x);
            Y.Add(y);
        }

        public void DropOldest(int most)
        {
            if (X.Count > most)
            {
                Y.RemoveRange(0, X.Count - most);
                X.RemoveRange(0, X.Count - most);
            }
        }

        public void Clear()
        {
            X.Clear();
            Y.Clear();
        }
    }
}
