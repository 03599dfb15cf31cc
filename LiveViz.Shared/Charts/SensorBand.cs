namespace LiveViz.Charts;

/// <summary>
/// Of one sensor, the time buckets that stand for far more samples than are drawn of them and in which the line went back
/// and forth: it was everywhere between their lowest and highest sample, and is drawn through a few points only. Where
/// it went one way, what is drawn is all there was.
/// </summary>
internal sealed class SensorBand
{
    // As many as are drawn of a bucket, four times.
    private const int FarMore = 4 * BucketWidth.PointsPerBucket;

    // Of the way between lowest and highest: a step with some noise on it goes one way.
    private const double OneWay = 0.85;

    private readonly List<double> _pending = [];
    private long _bucketTicks;
    private long _bucket;
    private long _firstSequence;
    private long _lastSequence;
    private double _first;
    private double _last;
    private double _low;
    private double _high;
    private bool _isBroken;

    /// <summary>Takes in a point of the line.</summary>
    /// <param name="ticks">When it was measured.</param>
    /// <param name="value">Its value; NaN where the line is open.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="isBroken">Whether no line leads to it.</param>
    /// <param name="bucketTicks">How long the buckets are.</param>
    public void Add(long ticks, double value, long sequence, bool isBroken, long bucketTicks)
    {
        if (bucketTicks <= 0)
        {
            return;
        }

        if (ticks / bucketTicks != _bucket || bucketTicks != _bucketTicks)
        {
            End();
            (_bucket, _bucketTicks) = (ticks / bucketTicks, bucketTicks);
            (_first, _low, _high, _firstSequence, _isBroken) = (value, value, value, sequence, false);
        }
        else
        {
            (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
            _isBroken |= isBroken;
        }

        // Where the line is open somewhere in it, nothing is said of all of the bucket.
        _isBroken |= double.IsNaN(value);
        (_last, _lastSequence) = (value, sequence);
    }

    /// <summary>Takes out what is new: the sensor, how long its buckets are and how many; beginning, lowest and highest of each.</summary>
    public void Take(int index, List<double> numbers)
    {
        if (_pending.Count > 0)
        {
            numbers.AddRange([index, (double)_bucketTicks / TimeSpan.TicksPerMillisecond, _pending.Count / 3]);
            numbers.AddRange(_pending);
            _pending.Clear();
        }
    }

    /// <summary>Keeps no more than so many buckets.</summary>
    public void DropOldest(int most) => _pending.RemoveRange(0, Math.Max(0, _pending.Count - 3 * most));

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _pending.Clear();
        _bucketTicks = 0;
    }

    private void End()
    {
        var isOneWay = Math.Abs(_last - _first) >= OneWay * (_high - _low);
        if (_bucketTicks > 0 && _lastSequence - _firstSequence >= FarMore && !isOneWay && !_isBroken)
        {
            _pending.AddRange([(double)(_bucket * _bucketTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond, _low, _high]);
        }
    }
}
