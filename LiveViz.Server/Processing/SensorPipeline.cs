using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>
/// The way of one sensor's samples into the log: the raw one is kept, it is scaled, clamped, averaged and differentiated,
/// thinned out, and given to the formulas. One thread at a time, as at the intake. A late sample is kept, and changes
/// nothing of what was calculated.
/// </summary>
internal sealed class SensorPipeline
{
    private readonly SensorSeries _series;
    private readonly MadeSensors _made;
    private readonly FormulaInput? _input;
    private readonly Formulas? _formulas;
    private readonly double _scale;
    private readonly double _offset;
    private readonly double _low;
    private readonly double _high;
    private readonly Deadband? _deadband;
    private readonly MovingAverage? _average;
    private readonly RateOfChange? _rate;

    /// <summary>Makes the way.</summary>
    /// <param name="series">Where it ends.</param>
    /// <param name="options">What is done on it.</param>
    /// <param name="made">The sensors that are made on it.</param>
    /// <param name="input">Where formulas take the sensor from; null where none does.</param>
    /// <param name="formulas">The formulas.</param>
    public SensorPipeline(SensorSeries series, SensorOptions options, MadeSensors made, FormulaInput? input, Formulas formulas)
    {
        _series = series;
        _made = made;
        _input = input;
        _formulas = input is not null || new[] { made.Raw, made.Average, made.Rate }.Any(series => series?.Pipeline?._formulas is not null) ? formulas : null;
        _scale = options.Scale ?? 1;
        // Added to −0, 0 would take its sign.
        _offset = options.Offset ?? -0.0;
        _low = options.Clamp?.Low ?? double.NegativeInfinity;
        _high = options.Clamp?.High ?? double.PositiveInfinity;
        _deadband = options.Deadband is { } deadband ? new Deadband(deadband.Amount!.Value, deadband.MaximumInterval?.Ticks ?? long.MaxValue) : null;
        _average = made.Average is null ? null : new MovingAverage(options.MovingAverage!.Over!.Value.Ticks);
        _rate = made.Rate is null ? null : new RateOfChange(options.RateOfChange!.Over!.Value.Ticks, options.RateOfChange.Per);
    }

    /// <summary>Whether a sample was taken before.</summary>
    public bool Knows(long ticks, double value, Quality quality)
    {
        if (_made.Raw is { } raw)
        {
            return raw.Knows(ticks, value, quality);
        }

        (value, quality) = Corrected(value, quality);
        return _series.Holds(ticks, value, quality);
    }

    /// <summary>Takes a sample in.</summary>
    public void Take(long ticks, double value, Quality quality, long receivedTicks)
    {
        _formulas?.Begin();
        try
        {
            Process(ticks, value, quality, receivedTicks);
        }
        finally
        {
            _formulas?.End(receivedTicks);
        }
    }

    private void Process(long ticks, double value, Quality quality, long receivedTicks)
    {
        _made.Raw?.Take(ticks, value, quality, receivedTicks);
        (value, quality) = Corrected(value, quality);
        if (!_series.TryHear(ticks, receivedTicks, out var marks))
        {
            _series.Append(ticks, value, quality, receivedTicks);
            return;
        }

        var hasGapBefore = marks.HasGapBefore();
        (long Ticks, double Value, Quality Quality)? before = null;
        if (_deadband is null || _deadband.Passes(ticks, value, quality, hasGapBefore, out before))
        {
            if (before is var (heldTicks, held, heldQuality))
            {
                PassOn(heldTicks, held, heldQuality, SampleMarks.None, receivedTicks);
            }

            PassOn(ticks, value, quality, marks, receivedTicks);
        }

        if (_average is not null)
        {
            var (mean, meanQuality) = _average.Next(ticks, value, quality, hasGapBefore);
            _made.Average!.Take(ticks, mean, meanQuality, receivedTicks);
        }

        if (_rate?.Next(ticks, value, quality, hasGapBefore) is var (change, changeQuality))
        {
            _made.Rate!.Take(ticks, change, changeQuality, receivedTicks);
        }
    }

    private (double Value, Quality Quality) Corrected(double value, Quality quality)
    {
        value = value * _scale + _offset;
        if (!double.IsFinite(value))
        {
            return (double.NaN, Quality.Bad);
        }

        var clamped = Math.Clamp(value, _low, _high);
        return (clamped, clamped != value && quality == Quality.Good ? Quality.Uncertain : quality);
    }

    private void PassOn(long ticks, double value, Quality quality, SampleMarks marks, long receivedTicks)
    {
        _series.AppendHeard(ticks, value, (SampleMarks)quality | marks, receivedTicks);
        _input?.Take(ticks, value, quality);
    }
}
