using System.Runtime.InteropServices;

namespace LiveViz.Charts;

/// <summary>
/// Gathers frames until the browser is ready to draw, as what ExtendTraces takes. It keeps only what is not drawn
/// yet: a slow browser gets fewer and larger batches, and no more than its window of them.
/// </summary>
public sealed class ChartTraces
{
    private readonly Dictionary<string, int> _indexOf;
    private readonly SensorLine[] _lines;
    private readonly TraceLine[] _pending;
    private readonly SensorBand[] _bands;
    private readonly bool[] _stale;
    private readonly bool[] _recorded;
    private readonly bool _isRecorded;
    private readonly int _mostPoints;
    private readonly Lock _gate = new();
    private bool _isRefill;
    private bool _hasNews;
    private bool _hasEdge;
    private bool _isWanted;
    private double _now;
    private SampleAge? _newest;

    /// <summary>Begins with nothing.</summary>
    /// <param name="sensors">
    /// The sensors, in the order of the traces: first one for each, then one for the uncertain part of each, then one for
    /// what of each arrived late.
    /// </param>
    /// <param name="mostPoints">How many points a trace keeps in the browser.</param>
    public ChartTraces(IReadOnlyList<Sensor> sensors, int mostPoints)
    {
        _indexOf = sensors.Select((sensor, i) => (sensor.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i, StringComparer.Ordinal);
        _lines = [.. sensors.Select(_ => new SensorLine())];
        _pending = [.. _lines.Select(line => line.Certain), .. _lines.Select(line => line.Uncertain), .. _lines.Select(line => line.Late)];
        _bands = [.. sensors.Select(_ => new SensorBand())];
        _stale = new bool[sensors.Count];
        _recorded = [.. sensors.Select(sensor => sensor.Recorded)];
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
                for (var i = 0; i < _lines.Length; i++)
                {
                    _lines[i].Reset();
                    _bands[i].Reset();
                }
            }

            _newest = null;
            foreach (var column in frame.Columns)
            {
                if (_indexOf.TryGetValue(column.SensorId, out var index))
                {
                    Add(column, index);
                    Note(column, index, frame.Time);
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
            return new ChartEdge(_now, Bytes(numbers), TakeBands(), _isWanted, _newest);
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
                [.. _stale],
                TakeBands());
            foreach (var index in indices)
            {
                _pending[index].Clear(withTips);
            }

            _isRefill = false;
            _isWanted = false;
            _hasNews = false;
            _hasEdge = !withTips;
            return batch;
        }
    }

    private void Add(FrameColumn column, int index)
    {
        var line = _lines[index];
        if (column.Gap is not null)
        {
            line.Break();
        }

        var isLate = Late(column.Sequences);
        for (var i = 0; i < column.Ticks.Length; i++)
        {
            var isOpen = double.IsNaN(column.Values[i]) || column.Marks[i].Quality() == Quality.Bad;
            line.Add(Milliseconds(column.Ticks[i]), column.Values[i], column.Marks[i], isLate[i]);
            _bands[index].Add(column.Ticks[i], isOpen ? double.NaN : column.Values[i], column.Sequences[i], column.Marks[i].HasGapBefore(), Bucket.Ticks);
        }

        line.DropOldest(_mostPoints);
        _bands[index].DropOldest(_mostPoints);
        _isWanted |= line.HasTurned || _stale[index] != column.IsStale;
        line.HasTurned = false;
        _stale[index] = column.IsStale;
        if (column.Latest is { } latest)
        {
            line.SetTip(Milliseconds(latest.Timestamp.Ticks), latest.Quality == Quality.Bad ? null : latest.Value);
        }

        if (_isRecorded)
        {
            _now = Math.Max(_now, line.NewestX);
        }
    }

    /// <summary>Keeps in mind which sample came last. Among live sensors, a recording's says nothing.</summary>
    private void Note(FrameColumn column, int index, DateTime framed)
    {
        if (column.Latest is { } latest && (_isRecorded || !_recorded[index]))
        {
            var received = Milliseconds(latest.Received.Ticks);
            if (_newest is null || received >= _newest.Received)
            {
                _newest = new SampleAge(_isRecorded ? null : Milliseconds(latest.Timestamp.Ticks), received, Milliseconds(framed.Ticks));
            }
        }
    }

    /// <summary>Of samples in the order of time, those that one of a later time had arrived before.</summary>
    private static bool[] Late(long[] sequences)
    {
        var isLate = new bool[sequences.Length];
        var first = long.MaxValue;
        for (var i = sequences.Length - 1; i >= 0; i--)
        {
            isLate[i] = sequences[i] > first;
            first = Math.Min(first, sequences[i]);
        }

        return isLate;
    }

    private byte[] TakeBands()
    {
        var numbers = new List<double>();
        for (var i = 0; i < _bands.Length; i++)
        {
            _bands[i].Take(i, numbers);
        }

        return Bytes(numbers);
    }

    private static byte[] Bytes(List<double> numbers) => MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray();

    private static double Milliseconds(long ticks) =>
        (double)(ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
}
