namespace LiveViz.Server.Sources.Simulated;

/// <summary>How busy the factory is: the slow common cause that everything else follows.</summary>
internal sealed class PlantLoad
{
    private readonly Wander _wander;
    private readonly double _shiftPhase;
    private readonly double _batchPhase;

    public PlantLoad(ulong seed)
    {
        var random = new SplitMix64(seed);
        _shiftPhase = random.NextBetween(0, 2 * Math.PI);
        _batchPhase = random.NextBetween(0, 2 * Math.PI);
        _wander = new Wander(SplitMix64.At(seed, 100), deviation: 0.015, timeConstant: 40);
    }

    /// <summary>The load as a share of full load, 0.4 to 1.</summary>
    public double Value { get; private set; } = 0.7;

    /// <summary>Goes one step, to the moment <paramref name="seconds"/> of simulated time.</summary>
    public double Step(double seconds)
    {
        var orders = 0.12 * Math.Sin((2 * Math.PI * seconds / 1300) + _shiftPhase);
        var batches = 0.05 * Math.Sin((2 * Math.PI * seconds / 310) + _batchPhase);
        return Value = Math.Clamp(0.7 + orders + batches + _wander.Step(), 0.4, 1.0);
    }
}
