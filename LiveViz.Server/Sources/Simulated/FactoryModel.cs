namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// The physics of one factory, moved on in fixed steps of simulated time whatever the sampling rate, so that two
/// rates sample the same curves. It starts warmed up, as a plant that has been running for a while.
/// </summary>
internal sealed class FactoryModel
{
    /// <summary>Steps in a second of simulated time: fine enough for the quickest lag (0.5 s), cheap enough to ignore.</summary>
    public const int StepsPerSecond = 10;

    /// <summary>Length of a step in seconds.</summary>
    public const double StepSeconds = 1.0 / StepsPerSecond;

    // Five times the slowest time constant (240 s): by then nothing is left of the initial values.
    private const int WarmUpSteps = 1200 * StepsPerSecond;

    private readonly PlantLoad _load;
    private long _step = -WarmUpSteps;

    /// <param name="seed">Fixes the whole course of the factory.</param>
    public FactoryModel(ulong seed)
    {
        _load = new PlantLoad(SplitMix64.At(seed, 0));
        Boiler = new BoilerModel(SplitMix64.At(seed, 1));
        Compressor = new CompressorModel(SplitMix64.At(seed, 2));
        Conveyor = new ConveyorModel(SplitMix64.At(seed, 3));
        Cooling = new CoolingModel(SplitMix64.At(seed, 4));
        while (_step < 0)
        {
            Step();
        }
    }

    public BoilerModel Boiler { get; }

    public CompressorModel Compressor { get; }

    public ConveyorModel Conveyor { get; }

    public CoolingModel Cooling { get; }

    /// <summary>Moves the factory on by <see cref="StepSeconds"/>.</summary>
    public void Step()
    {
        _step++;
        var seconds = _step * StepSeconds;
        var load = _load.Step(seconds);
        Boiler.Step(load);
        Compressor.Step(seconds, load);
        Cooling.Step(seconds, load);
        Conveyor.Step(seconds, load, hallTemperature: Cooling.OutdoorTemperature + 12);
    }
}
