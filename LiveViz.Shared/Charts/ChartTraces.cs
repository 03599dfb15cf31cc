using System.Runtime.InteropServices;

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
    private bool _hasEdge;
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

    /// <summary>Whether what waits replaces all that is drawn.</summary>
    public bool IsRefill
    {
        get
        {
            lock (_gate)
            {
                return _isRefill;
            }
        }
    }

    /// <summary>How long the time buckets of the newest frame were.</summary>
    public TimeSpan Bucket { get; private set; }

    /// <summary>Takes in a frame.</summary>
    public void Add(Frame frame)
    {
        lock (_gate)
        {
            Bucket = frame.Bucket;
            if (frame.IsRefill)
            {
                _isRefill = true;
                _now = 0;
                foreach (var pending in _pending)
                {
                    pending.Reset();
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
            _hasNews = _hasEdge = true;
        }
    }

    /// <summary>
    /// What has come since the last time and is to be painted until it is drawn: for each trace with news its index,
    /// how many points, whether a tip follows; time and value of each, NaN for a break. Null where nothing has come.
    /// </summary>
    public ChartEdge? TakeEdge()
    {
        lock (_gate)
        {
            if (!_hasEdge)
            {
                return null;
            }

            var numbers = new List<double>();
            for (var i = 0; i < _pending.Length; i++)
            {
                _pending[i].TakeEdge(i, numbers);
            }

            _hasEdge = false;
            return new ChartEdge(_now, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray());
        }
    }

    /// <summary>Takes out what is to be drawn; null where nothing has come since the last time.</summary>
    /// <param name="withTips">Whether the newest samples are drawn too; else they stay, to be painted.</param>
    public ChartBatch? Take(bool withTips = true)
    {
        lock (_gate)
        {
            if (!_hasNews)
            {
                return null;
            }

            var indices = Enumerable.Range(0, _pending.Length).Where(i => _pending[i].X.Count > 0 || (withTips && _pending[i].Tip is not null)).ToArray();
            var hasTip = indices.Select(i => withTips && _pending[i].Tip is not null).ToArray();
            foreach (var index in indices)
            {
                _pending[index].AddTip(withTips);
            }

            var batch = new ChartBatch(
                _isRefill,
                indices,
                [.. indices.Select(i => _pending[i].X.ToArray())],
                [.. indices.Select(i => _pending[i].Y.ToArray())],
                hasTip,
                _now,
                [.. _stale]);
            foreach (var index in indices)
            {
                _pending[index].Clear(withTips);
            }

            _isRefill = false;
            _hasNews = false;
            _hasEdge = !withTips;
            return batch;
        }
    }

    private void Add(FrameColumn column, int index)
    {
        var pending = _pending[index];
        // Samples that were not given: no line may lead over them.
        pending.IsBroken |= column.Gap is not null;
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            var marks = column.Marks[i];
            var x = Milliseconds(column.Ticks[i]);
            if (marks.HasGapBefore() || pending.IsBroken)
            {
                pending.Add(x, null);
                pending.IsBroken = false;
            }

            // What must not be used is not drawn, whatever number came with it.
            var isDrawn = marks.Quality() != Quality.Bad && !double.IsNaN(column.Values[i]);
            pending.Add(x, isDrawn ? column.Values[i] : null);
        }

        pending.DropOldest(_mostPoints);
        _stale[index] = column.IsStale;
        if (column.Latest is { } latest)
        {
            AddTip(pending, latest);
        }

        if (_isRecorded)
        {
            _now = Math.Max(_now, pending.NewestX);
        }
    }

    /// <summary>
    /// The reduction holds samples back until their time bucket is over, which on a long window takes long. The line
    /// still ends where the sensor stands now.
    /// </summary>
    private static void AddTip(Pending pending, LatestSample latest)
    {
        var x = Milliseconds(latest.Timestamp.Ticks);
        pending.Tip = x > pending.NewestPoint ? (x, latest.Quality == Quality.Bad ? null : latest.Value) : null;
        pending.NewestX = Math.Max(pending.NewestX, x);
    }

    private static double Milliseconds(long ticks) =>
        (double)(ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private sealed record Pending(List<object> X, List<object?> Y)
    {
        /// <summary>The newest time among the points so far, drawn ones included.</summary>
        public double NewestPoint { get; private set; } = double.NegativeInfinity;

        /// <summary>The newest time, that of the tip included.</summary>
        public double NewestX { get; set; } = double.NegativeInfinity;

        /// <summary>Whether the next point must not be joined to those before it.</summary>
        public bool IsBroken { get; set; }

        /// <summary>The newest sample, where it is later than all points.</summary>
        public (double X, double? Y)? Tip { get; set; }

        // How many of the points have been painted already.
        private int _painted;

        public void Add(double x, double? y)
        {
            X.Add(x);
            Y.Add(y);
            NewestPoint = Math.Max(NewestPoint, x);
            NewestX = Math.Max(NewestX, x);
        }

        public void TakeEdge(int index, List<double> numbers)
        {
            var count = X.Count - _painted;
            if (count == 0 && Tip is null)
            {
                return;
            }

            numbers.AddRange([index, count, Tip is null ? 0 : 1]);
            for (; _painted < X.Count; _painted++)
            {
                numbers.AddRange([(double)X[_painted], Y[_painted] as double? ?? double.NaN]);
            }

            if (Tip is { } tip)
            {
                numbers.AddRange([tip.X, tip.Y ?? double.NaN]);
            }
        }

        public void AddTip(bool really)
        {
            if (really && Tip is { } tip)
            {
                X.Add(tip.X);
                Y.Add(tip.Y);
            }
        }

        public void DropOldest(int most)
        {
            if (X.Count > most)
            {
                _painted = Math.Max(0, _painted - (X.Count - most));
                Y.RemoveRange(0, X.Count - most);
                X.RemoveRange(0, X.Count - most);
            }
        }

        /// <summary>Forgets what has been taken out to be drawn.</summary>
        public void Clear(bool withTip)
        {
            X.Clear();
            Y.Clear();
            _painted = 0;
            Tip = withTip ? null : Tip;
        }

        /// <summary>Begins anew.</summary>
        public void Reset()
        {
            Clear(withTip: true);
            NewestPoint = NewestX = double.NegativeInfinity;
            IsBroken = false;
        }
    }
}
