namespace LiveViz.Charts;

/// <summary>
/// The line of one sensor, in traces of one style each, as plotly draws them: what is certain, and, dashed, what is
/// uncertain. The piece of line that leads to an uncertain sample is dashed. A third lies under what arrived late.
/// </summary>
internal sealed class SensorLine
{
    // Milliseconds; less than any chart shows.
    private const double BreakAfter = 1;

    private readonly TraceLine[] _traces = [new TraceLine(), new TraceLine()];
    private int _current;
    private (double X, double Y)? _last;
    private bool _isBroken;
    private bool _isLate;

    /// <summary>What is certain.</summary>
    public TraceLine Certain => _traces[0];

    /// <summary>What is not.</summary>
    public TraceLine Uncertain => _traces[1];

    /// <summary>What arrived after samples of a later time.</summary>
    public TraceLine Late { get; } = new();

    /// <summary>Whether it has opened, or gone on where it was open, since this was last set back.</summary>
    public bool HasTurned { get; set; }

    /// <summary>The newest time, that of the newest sample included.</summary>
    public double NewestX { get; private set; } = double.NegativeInfinity;

    /// <summary>The next point is not to be joined to those before it: samples between were not given.</summary>
    public void Break() => _isBroken = true;

    /// <summary>Adds a sample.</summary>
    public void Add(double x, double value, SampleMarks marks, bool isLate)
    {
        if (marks.HasGapBefore() || _isBroken)
        {
            // Right after the last point: what comes next stands at its own time in whichever trace, and nothing of the
            // time between has the last value.
            Open(_last is { } last ? last.X + Math.Min(BreakAfter, (x - last.X) / 2) : x);
            _isBroken = false;
        }

        NewestX = Math.Max(NewestX, x);
        // What must not be used is not drawn, whatever number came with it.
        if (marks.Quality() == Quality.Bad || double.IsNaN(value))
        {
            Open(x);
            return;
        }

        HasTurned |= _last is null;
        AddLate(x, value, isLate);
        Use(marks.Quality() == Quality.Uncertain ? 1 : 0);
        _traces[_current].Add(x, value);
        _last = (x, value);
    }

    /// <summary>
    /// The reduction holds samples back until their time bucket is over, which on a long window takes long. The line
    /// still ends where the sensor stands now.
    /// </summary>
    public void SetTip(double x, double? value)
    {
        var isNewer = x > Math.Max(Certain.NewestPoint, Uncertain.NewestPoint);
        _traces[_current].Tip = isNewer ? (x, value) : null;
        _traces[1 - _current].Tip = null;
        NewestX = Math.Max(NewestX, x);
    }

    /// <summary>Keeps no more than so many points of each trace.</summary>
    public void DropOldest(int most)
    {
        Certain.DropOldest(most);
        Uncertain.DropOldest(most);
        Late.DropOldest(most);
    }

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        Certain.Reset();
        Uncertain.Reset();
        Late.Reset();
        _current = 0;
        _isLate = false;
        _last = null;
        _isBroken = false;
        NewestX = double.NegativeInfinity;
    }

    private void Open(double x)
    {
        HasTurned |= _last is not null;
        _traces[_current].Add(x, null);
        _last = null;
        _isLate = false;
    }

    /// <summary>The piece of line that leads to it is late too.</summary>
    private void AddLate(double x, double value, bool isLate)
    {
        if (isLate && !_isLate)
        {
            Late.Add(_last?.X ?? x, null);
            if (_last is { } last)
            {
                Late.Add(last.X, last.Y);
            }
        }

        if (isLate)
        {
            Late.Add(x, value);
        }

        _isLate = isLate;
    }

    /// <summary>Goes over to a trace, and begins there where the other ended.</summary>
    private void Use(int trace)
    {
        if (trace != _current && _last is { } last)
        {
            _traces[trace].Add(last.X, null);
            _traces[trace].Add(last.X, last.Y);
        }
        else if (trace != _current && double.IsFinite(_traces[_current].NewestPoint))
        {
            _traces[trace].Add(_traces[_current].NewestPoint, null);
        }

        _current = trace;
    }
}
