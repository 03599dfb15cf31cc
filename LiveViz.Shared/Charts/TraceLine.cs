namespace LiveViz.Charts;

/// <summary>What of one trace of plotly's waits to be drawn.</summary>
internal sealed class TraceLine
{
    // How many of the points have been painted already.
    private int _painted;

    private bool _hasPaintedTip;

    /// <summary>Times, in milliseconds since 1970.</summary>
    public List<object> X { get; } = [];

    /// <summary>Values; null breaks the line.</summary>
    public List<object?> Y { get; } = [];

    /// <summary>The newest time among the points so far, drawn ones included.</summary>
    public double NewestPoint { get; private set; } = double.NegativeInfinity;

    /// <summary>The newest sample, where it is later than all points.</summary>
    public (double X, double? Y)? Tip { get; set; }

    public void Add(double x, double? y)
    {
        X.Add(x);
        Y.Add(y);
        NewestPoint = Math.Max(NewestPoint, x);
    }

    public void TakeEdge(int index, List<double> numbers)
    {
        var count = X.Count - _painted;
        if (count == 0 && Tip is null && !_hasPaintedTip)
        {
            return;
        }

        _hasPaintedTip = Tip is not null;
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
        NewestPoint = double.NegativeInfinity;
    }
}
