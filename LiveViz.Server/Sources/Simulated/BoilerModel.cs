namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A steam boiler whose firing is led by the steam demand and trimmed by the pressure. Pressure integrates what
/// the fire raises above what the plant draws; the fire follows its set point with a lag, so the pressure sags
/// while the load grows. Coefficients are chosen to look right, they describe no particular boiler.
/// </summary>
internal sealed class BoilerModel(ulong seed)
{
    private const double Capacity = 17; // t/h of steam at full fire
    private const double SetPoint = 10; // bar
    private const double Storage = 30; // t/h of imbalance that moves the pressure by 1 bar/s
    private const double BlowdownOpens = 260; // µS/cm
    private const double BlowdownCloses = 205; // µS/cm

    private readonly Wander _draw = new(SplitMix64.At(seed, 0), deviation: 0.35, timeConstant: 6);
    private readonly Wander _feed = new(SplitMix64.At(seed, 1), deviation: 1.2, timeConstant: 30);
    private readonly FirstOrderLag _fire = new(timeConstant: 8, initial: 60);
    private readonly FirstOrderLag _flueGas = new(timeConstant: 60, initial: 200);
    private readonly FirstOrderLag _slowFlow = new(timeConstant: 20, initial: 10);
    private bool _blowdown;

    /// <summary>Steam pressure in bar.</summary>
    public double Pressure { get; private set; } = SetPoint;

    /// <summary>Steam flow in t/h.</summary>
    public double SteamFlow { get; private set; } = 10;

    /// <summary>Firing rate in % of full fire.</summary>
    public double FiringRate => _fire.Value;

    /// <summary>Flue gas temperature in °C.</summary>
    public double FlueGasTemperature => _flueGas.Value;

    /// <summary>Drum level in % of the gauge; it swells for a while when more steam is drawn.</summary>
    public double DrumLevel { get; private set; } = 50;

    /// <summary>Conductivity of the boiler water in µS/cm: it thickens with the steam raised until the blowdown opens.</summary>
    public double Conductivity { get; private set; } = 230;

    /// <summary>Goes one step under the plant's <paramref name="load"/>, a share of full load.</summary>
    public void Step(double load)
    {
        SteamFlow = (15 * load) + _draw.Step();
        var trim = 25 * (SetPoint - Pressure); // % per bar
        _fire.Step(Math.Clamp((100 * SteamFlow / Capacity) + trim, 10, 100));
        Pressure += ((FiringRate * Capacity / 100) - SteamFlow) / Storage * FactoryModel.StepSeconds;
        _flueGas.Step(120 + (1.3 * FiringRate));
        DrumLevel = 50 + _feed.Step() + (1.5 * (SteamFlow - _slowFlow.Step(SteamFlow)));

        _blowdown = _blowdown ? Conductivity > BlowdownCloses : Conductivity > BlowdownOpens;
        Conductivity += (_blowdown ? -1.5 : 0.02 * SteamFlow) * FactoryModel.StepSeconds;
    }
}
