namespace LiveViz.Server.Streaming;

/// <summary>
/// Reduces the samples of one sensor, as they come, to first, minimum, maximum and last of each time bucket, in
/// the order in which they were measured (M4: Jugel et al., VLDB 2014: drawn as a line over pixel-wide buckets it
/// is the line of all samples). A bucket's first sample goes out at once, so a slow sensor is not held back; the
/// rest goes out when the bucket is over. Up to four samples in a bucket all go out as they are. Every one that goes
/// out keeps its sequence, so it can be told exactly how many stand between it and the one before.
/// </summary>
/// <param name="bucketTicks">How long a bucket is, in ticks; more than 0.</param>
internal sealed class BucketReducer(long bucketTicks)
{
    // With the bucket's first sample these make four: as many as it is drawn with when it has more.
    private readonly Sample[] _early = new Sample[BucketWidth.PointsPerBucket - 1];
    private long _bucket = long.MinValue;
    private bool _brokenInBucket;
    private bool _lastWasMissing;
    private bool _missedInBucket;
    private Sample? _missing;
    private int _held;
    private Sample _low;
    private Sample _high;
    private Sample _last;
    private Quality _worst;

    /// <summary>Whether samples wait for the end of their bucket.</summary>
    public bool IsHolding => _held > 0 || _missing is not null;

    /// <summary>Takes in a sample, no older than the one before it, and puts out what is ready.</summary>
    public void Add(long ticks, double value, SampleMarks marks, long sequence, PointBuffer output)
    {
        var bucket = ticks / bucketTicks;
        var isFirst = bucket != _bucket;
        if (isFirst)
        {
            Flush(output);
            _bucket = bucket;
            _brokenInBucket = false;
            _missedInBucket = false;
        }

        // A line broken once within a bucket's width shows all that can be shown of how often it broke.
        var breaks = marks.HasGapBefore() && !_brokenInBucket;
        _brokenInBucket |= breaks;
        if (double.IsNaN(value))
        {
            AddMissing(new Sample(ticks, value, marks, sequence, 0), breaks, output);
        }
        else if (isFirst || breaks || _lastWasMissing)
        {
            Flush(output);
            output.Add(ticks, value, marks, sequence);
            _lastWasMissing = false;
        }
        else
        {
            _missing = null;
            Hold(new Sample(ticks, value, marks & SampleMarks.QualityMask, sequence, _held));
        }
    }

    /// <summary>Puts out what waits for the end of its bucket.</summary>
    public void Flush(PointBuffer output)
    {
        FlushHeld(output);
        if (_missing is { } missing)
        {
            // The bucket ends without a value: no line may lead on from it.
            missing.PutInto(output);
            _missing = null;
            _lastWasMissing = true;
        }
    }

    /// <summary>
    /// A bucket's first missing value breaks the line at once. Of more, as a flapping sensor sends them, one break
    /// shows all that can be shown within a bucket's width.
    /// </summary>
    private void AddMissing(in Sample missing, bool breaks, PointBuffer output)
    {
        if (_missedInBucket && !breaks)
        {
            _missing = _lastWasMissing ? null : missing;
            return;
        }

        Flush(output);
        missing.PutInto(output);
        _lastWasMissing = true;
        _missedInBucket = true;
    }

    private void FlushHeld(PointBuffer output)
    {
        if (_held == 0)
        {
            return;
        }

        if (_held <= _early.Length)
        {
            foreach (ref readonly var sample in _early.AsSpan(0, _held))
            {
                sample.PutInto(output);
            }
        }
        else
        {
            FlushExtremes(output);
        }

        _held = 0;
        _worst = Quality.Good;
    }

    private void FlushExtremes(PointBuffer output)
    {
        var (one, two) = _low.Order < _high.Order ? (_low, _high) : (_high, _low);
        if (one.Order != _last.Order)
        {
            one.PutInto(output);
        }

        if (two.Order != _last.Order && two.Order != one.Order)
        {
            two.PutInto(output);
        }

        // The worst quality in the bucket may be that of a sample left out: the last one carries it.
        (_last with { Marks = (SampleMarks)_worst }).PutInto(output);
    }

    private void Hold(in Sample sample)
    {
        if (_held < _early.Length)
        {
            _early[_held] = sample;
        }

        _low = _held == 0 || sample.Value < _low.Value ? sample : _low;
        _high = _held == 0 || sample.Value > _high.Value ? sample : _high;
        _last = sample;
        _worst = sample.Marks.Quality() > _worst ? sample.Marks.Quality() : _worst;
        _held++;
    }

    private readonly record struct Sample(long Ticks, double Value, SampleMarks Marks, long Sequence, int Order)
    {
        public void PutInto(PointBuffer output) => output.Add(Ticks, Value, Marks, Sequence);
    }
}
