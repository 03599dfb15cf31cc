using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>A sensor that is calculated from others. Called by the formulas alone, under their lock.</summary>
/// <param name="formula">How.</param>
/// <param name="series">Where its samples go.</param>
/// <param name="inputs">What from, in the order of the formula.</param>
internal sealed class FormulaSensor(Formula formula, SensorSeries series, FormulaInput[] inputs)
{
    private readonly double[] _values = new double[inputs.Length];
    private long _lastTicks = long.MinValue;

    /// <summary>Where its samples go.</summary>
    public SensorSeries Series => series;

    /// <summary>The time of the sample it is to be calculated for; null where it is not.</summary>
    public long? Due { get; set; }

    /// <summary>Calculates it, unless it has been for a later time.</summary>
    /// <returns>Whether it was.</returns>
    public bool Calculate(long ticks, long receivedTicks)
    {
        if (ticks < _lastTicks && _lastTicks <= receivedTicks + SensorSeries.ClocksDiffer)
        {
            return false;
        }

        _lastTicks = ticks;
        var quality = Collect(ticks, receivedTicks);
        var value = quality == Quality.Bad ? double.NaN : formula.Calculate(_values);
        series.Take(ticks, double.IsFinite(value) ? value : double.NaN, double.IsFinite(value) ? quality : Quality.Bad, receivedTicks);
        return true;
    }

    // The worst quality of all; Bad where one has no value for this time.
    private Quality Collect(long ticks, long receivedTicks)
    {
        var worst = Quality.Good;
        for (var i = 0; i < inputs.Length; i++)
        {
            var (value, quality) = inputs[i].At(ticks);
            if (double.IsNaN(value) || inputs[i].Series!.IsStale(receivedTicks))
            {
                return Quality.Bad;
            }

            _values[i] = value;
            worst = quality > worst ? quality : worst;
        }

        return worst;
    }
}
