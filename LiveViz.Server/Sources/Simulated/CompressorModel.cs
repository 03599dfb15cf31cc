namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A screw compressor that loads at 6.8 bar and unloads at 7.4 bar, as such machines do; the pressure in the air
/// main integrates delivery less demand, and everything about the machine follows whether it is loaded.
/// </summary>
internal sealed class CompressorModel(ulong seed)
{
    private const double LoadsAt = 6.8; // bar
    private const double UnloadsAt = 7.4; // bar
    private const double Delivery = 900; // m³/h while loaded
    private const double Storage = 15000; // m³/h of imbalance that moves the pressure by 1 bar/s

    private readonly Wander _demand = new(SplitMix64.At(seed, 0), deviation: 14, timeConstant: 5);
    private readonly Wander _dryer = new(SplitMix64.At(seed, 1), deviation: 0.6, timeConstant: 60);
    private readonly FirstOrderLag _current = new(timeConstant: 0.6, initial: 118);
    private readonly FirstOrderLag _vibration = new(timeConstant: 1, initial: 2.8);
    private readonly FirstOrderLag _oil = new(timeConstant: 120, initial: 78);
    private bool _loaded = true;

    /// <summary>Pressure of the air main in bar.</summary>
    public double Pressure { get; private set; } = 7;

    /// <summary>Air drawn by the plant in m³/h.</summary>
    public double AirFlow { get; private set; } = 500;

    /// <summary>Motor current in A.</summary>
    public double MotorCurrent => _current.Value;

    /// <summary>Oil temperature in °C.</summary>
    public double OilTemperature => _oil.Value;

    /// <summary>Vibration velocity in mm/s RMS.</summary>
    public double Vibration => _vibration.Value;

    /// <summary>Pressure dew point behind the dryer in °C.</summary>
    public double DewPoint { get; private set; } = -42;

    /// <summary>Goes one step, to <paramref name="seconds"/> of simulated time, under the plant's <paramref name="load"/>.</summary>
    public void Step(double seconds, double load)
    {
        AirFlow = (300 * (1 + load)) + _demand.Step();
        _loaded = _loaded ? Pressure < UnloadsAt : Pressure < LoadsAt;
        Pressure += ((_loaded ? Delivery : 0) - AirFlow) / Storage * FactoryModel.StepSeconds;

        _current.Step(_loaded ? 118 + (20 * (Pressure - 7)) : 46);
        _vibration.Step(_loaded ? 2.8 : 1.6);
        _oil.Step(55 + (0.28 * MotorCurrent));

        var regeneration = 1.5 * Math.Sin(2 * Math.PI * seconds / 240); // the two towers take turns
        DewPoint = -42 + regeneration + (0.01 * (AirFlow - 510)) + _dryer.Step();
    }
}
