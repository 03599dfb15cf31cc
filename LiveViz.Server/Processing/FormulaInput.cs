using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>A sensor that formulas are made of, and its last samples.</summary>
/// <param name="id">Its id.</param>
/// <param name="formulas">The formulas.</param>
internal sealed class FormulaInput(string id, Formulas formulas)
{
    // So far may it be ahead of the input at whose samples a formula is calculated: a second and a half at ten a second.
    private const int Kept = 16;

    private readonly (long Ticks, double Value, Quality Quality)[] _last = new (long, double, Quality)[Kept];
    private long _count;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The formulas that are calculated at its samples, in their order.</summary>
    public List<FormulaSensor> Triggers { get; } = [];

    /// <summary>The sensors of the formulas that it is in.</summary>
    public List<SensorSeries> UsedBy { get; } = [];

    /// <summary>The sensor; null while none of this id is known.</summary>
    public SensorSeries? Series { get; set; }

    /// <summary>Takes the next sample in, after which its formulas are due.</summary>
    public void Take(long ticks, double value, Quality quality) => formulas.Take(this, ticks, value, quality);

    /// <summary>Keeps a sample as the last one. Called by the formulas, under their lock.</summary>
    public void Keep(long ticks, double value, Quality quality) => _last[_count++ % Kept] = (ticks, value, quality);

    /// <summary>The last sample at or before a time; NaN and Bad where there is none, or it is no longer known.</summary>
    public (double Value, Quality Quality) At(long ticks)
    {
        for (var i = _count - 1; i >= Math.Max(0, _count - Kept); i--)
        {
            var sample = _last[i % Kept];
            if (sample.Ticks <= ticks)
            {
                return (sample.Value, sample.Quality);
            }
        }

        return (double.NaN, Quality.Bad);
    }
}
