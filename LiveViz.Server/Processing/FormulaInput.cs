using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>A sensor that formulas are made of, and its last sample.</summary>
internal sealed class FormulaInput(string id, Formulas formulas)
{
    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The formulas that it is in, in their order.</summary>
    public List<FormulaSensor> UsedBy { get; } = [];

    /// <summary>The sensor; null while none of this id is known.</summary>
    public SensorSeries? Series { get; set; }

    /// <summary>Whether a sample has come.</summary>
    public bool HasSample { get; private set; }

    /// <summary>The time of the last sample, in ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>Its value; NaN where it has none.</summary>
    public double Value { get; private set; }

    /// <summary>Its quality.</summary>
    public Quality Quality { get; private set; }

    /// <summary>Takes the next sample in, and has the formulas calculated.</summary>
    public void Take(long ticks, double value, Quality quality, long receivedTicks) => formulas.Take(this, ticks, value, quality, receivedTicks);

    /// <summary>Keeps a sample as the last one. Called by the formulas, under their lock.</summary>
    public void Keep(long ticks, double value, Quality quality)
    {
        (HasSample, Ticks, Value, Quality) = (true, ticks, value, quality);
    }
}
