namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A cooling tower circuit: the plant's heat warms the return, the tower gives it to the outdoor air in
/// proportion to the fan's speed and the temperature difference, and the fan is led by the supply temperature.
/// </summary>
internal sealed class CoolingModel(ulong seed)
{
    private const double SetPoint = 24; // °C, supply
    private const double Storage = 3000; // kJ/K, the water in the circuit
    private const double Transfer = 0.11; // kW per rpm and K

    // Heat carried by 1 m³/h of water for each K: 1000 kg/m³ * 4.187 kJ/(kg K) / 3600 s.
    private const double HeatPerFlow = 1.163; // kW per m³/h and K

    private readonly Wander _weather = new(SplitMix64.At(seed, 0), deviation: 0.15, timeConstant: 60);
    private readonly Wander _pumping = new(SplitMix64.At(seed, 1), deviation: 0.8, timeConstant: 10);
    private readonly Wander _dosing = new(SplitMix64.At(seed, 2), deviation: 0.05, timeConstant: 200);
    private readonly double _dayPhase = new SplitMix64(SplitMix64.At(seed, 3)).NextBetween(0, 2 * Math.PI);
    private readonly FirstOrderLag _heat = new(timeConstant: 30, initial: 790);
    private readonly FirstOrderLag _return = new(timeConstant: 20, initial: 30);
    private readonly FirstOrderLag _fan = new(timeConstant: 5, initial: 900);

    /// <summary>Outdoor temperature in °C; its "day" lasts four hours, so that it can be seen to move.</summary>
    public double OutdoorTemperature { get; private set; } = 16;

    /// <summary>Water flow in m³/h.</summary>
    public double Flow { get; private set; } = 120;

    /// <summary>Temperature of the water to the plant in °C.</summary>
    public double SupplyTemperature { get; private set; } = SetPoint;

    /// <summary>Temperature of the water from the plant in °C.</summary>
    public double ReturnTemperature => _return.Value;

    /// <summary>Fan speed in rpm.</summary>
    public double FanSpeed => _fan.Value;

    /// <summary>Acidity of the water, pH.</summary>
    public double Acidity { get; private set; } = 7.7;

    /// <summary>Goes one step, to <paramref name="seconds"/> of simulated time, under the plant's <paramref name="load"/>.</summary>
    public void Step(double seconds, double load)
    {
        OutdoorTemperature = 16 + (4 * Math.Sin((2 * Math.PI * seconds / 14400) + _dayPhase)) + _weather.Step();
        Flow = 120 + (20 * (load - 0.7)) + _pumping.Step();
        var heat = _heat.Step(300 + (700 * load));
        _return.Step(SupplyTemperature + (heat / (HeatPerFlow * Flow)));
        _fan.Step(Math.Clamp(900 + (200 * (SupplyTemperature - SetPoint)), 300, 1500));
        var rejected = Transfer * FanSpeed * (SupplyTemperature - OutdoorTemperature);
        SupplyTemperature += (heat - rejected) / Storage * FactoryModel.StepSeconds;
        Acidity = 7.7 + _dosing.Step();
    }
}
