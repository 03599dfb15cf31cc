namespace LiveViz.Server.Processing;

/// <summary>
/// The line of a sensor over the last while, to be averaged or read at its beginning. Sums are never subtracted from:
/// segments are summed up from the newest back each time the oldest sums are used up (the two stacks of Tangwongsan et
/// al., General Incremental Sliding-Window Aggregation, VLDB 2015), so that a huge value leaves nothing behind once it
/// is out, and a sample costs the same however many the window holds.
/// </summary>
internal sealed class SlidingWindow
{
    // Samples closer together than this part of the window share a segment: a hundred a second over an hour take no
    // more memory than one every ten seconds. Only the segment at the window's beginning is then read less than exactly.
    private const int Parts = 256;

    private readonly long _span;
    private Segment[] _segments = new Segment[16];
    private int _head;
    private int _count;
    private int _summed;
    private double _areaBehind;
    private long _length;
    private long _lastTicks;
    private double _lastValue;
    private bool _hasLast;

    /// <summary>Makes an empty one.</summary>
    /// <param name="span">How long it is, in ticks.</param>
    public SlidingWindow(long span) => _span = span;

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Break();
        _count = _summed = 0;
        _areaBehind = 0;
        _length = 0;
    }

    /// <summary>The line ends here: none leads from the last sample to the next.</summary>
    public void Break() => _hasLast = false;

    /// <summary>Takes the next sample, not before the last one: a line leads to it, and the window ends at it.</summary>
    public void Add(long ticks, double value)
    {
        if (_hasLast && ticks > _lastTicks)
        {
            Extend(ticks, value);
        }

        (_lastTicks, _lastValue, _hasLast) = (ticks, value, true);
        MoveTo(ticks);
    }

    /// <summary>The window ends at this time, which is not before that of the last sample.</summary>
    public void MoveTo(long ticks)
    {
        var begin = ticks - _span;
        while (_count > 0 && _segments[_head].End <= begin)
        {
            RemoveOldest();
        }

        if (_count > 0 && _summed == 0)
        {
            SumUp();
        }
    }

    /// <summary>The mean of the line within the window that ends at <paramref name="ticks"/>; NaN where there is none.</summary>
    public double Mean(long ticks)
    {
        if (_count == 0)
        {
            return double.NaN;
        }

        var begin = ticks - _span;
        ref var oldest = ref _segments[_head];
        var area = oldest.AreaFrom(begin) + (_summed > 1 ? _segments[Slot(1)].AreaFromHere : 0) + _areaBehind;
        var length = _length - Math.Max(0, begin - oldest.Begin);
        return area / ((double)length / TimeSpan.TicksPerSecond);
    }

    /// <summary>The value at the beginning of the window that ends at <paramref name="ticks"/>; null where the line does not reach back so far.</summary>
    public double? ValueAtBegin(long ticks)
    {
        var begin = ticks - _span;
        return _count > 0 && _segments[_head].Begin <= begin ? _segments[_head].ValueAt(begin) : null;
    }

    private void Extend(long ticks, double value)
    {
        var area = Segment.AreaOf(_lastValue, value, ticks - _lastTicks);
        _length += ticks - _lastTicks;
        // One that is in the sums already is left as it is.
        if (_count > _summed)
        {
            ref var newest = ref _segments[Slot(_count - 1)];
            if (newest.End == _lastTicks && ticks - newest.Begin <= _span / Parts)
            {
                (newest.End, newest.EndValue, newest.IsMerged) = (ticks, value, true);
                newest.Area += area;
                _areaBehind += area;
                return;
            }
        }

        if (_count == _segments.Length)
        {
            Grow();
        }

        _segments[Slot(_count)] = new Segment { Begin = _lastTicks, End = ticks, BeginValue = _lastValue, EndValue = value, Area = area };
        _count++;
        _areaBehind += area;
    }

    private void RemoveOldest()
    {
        if (_summed == 0)
        {
            SumUp();
        }

        _length -= _segments[_head].End - _segments[_head].Begin;
        _head = Slot(1);
        _count--;
        _summed--;
    }

    private void SumUp()
    {
        double area = 0;
        for (var i = _count - 1; i >= 0; i--)
        {
            ref var segment = ref _segments[Slot(i)];
            segment.AreaFromHere = area += segment.Area;
        }

        _summed = _count;
        _areaBehind = 0;
    }

    private void Grow()
    {
        var larger = new Segment[_segments.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = _segments[Slot(i)];
        }

        (_segments, _head) = (larger, 0);
    }

    // The length is a power of two.
    private int Slot(int index) => (_head + index) & (_segments.Length - 1);
}
