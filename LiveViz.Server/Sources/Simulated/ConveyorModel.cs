namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// Two belts in a row: the first carries what the plant's load asks for, the second the same a little later.
/// Current and power follow the belt, the windings' temperatures follow the losses with thermal lag.
/// </summary>
internal sealed class ConveyorModel(ulong seed)
{
    private readonly Wander _filling = new(SplitMix64.At(seed, 0), deviation: 9, timeConstant: 4);
    private readonly FirstOrderLag _current = new(timeConstant: 0.8, initial: 67);
    private readonly FirstOrderLag _temperature = new(timeConstant: 180, initial: 50);
    private readonly FirstOrderLag _vibration = new(timeConstant: 0.5, initial: 2.3);
    private readonly FirstOrderLag _secondBelt = new(timeConstant: 15, initial: 280);
    private readonly FirstOrderLag _secondTemperature = new(timeConstant: 240, initial: 53);

    /// <summary>What the first belt carries in t/h.</summary>
    public double BeltLoad { get; private set; } = 280;

    /// <summary>Current of the first belt's motor in A.</summary>
    public double MotorCurrent => _current.Value;

    /// <summary>Winding temperature of the first belt's motor in °C.</summary>
    public double MotorTemperature => _temperature.Value;

    /// <summary>Vibration velocity of the first belt's gearbox in mm/s RMS.</summary>
    public double Vibration => _vibration.Value;

    /// <summary>Power drawn by the second belt's motor in kW.</summary>
    public double SecondMotorPower { get; private set; } = 23;

    /// <summary>Winding temperature of the second belt's motor in °C.</summary>
    public double SecondMotorTemperature => _secondTemperature.Value;

    /// <summary>
    /// Goes one step, to <paramref name="seconds"/> of simulated time, under the plant's <paramref name="load"/>
    /// and in a hall of <paramref name="hallTemperature"/> °C.
    /// </summary>
    public void Step(double seconds, double load, double hallTemperature)
    {
        var feeder = 1 + (0.06 * Math.Sin(2 * Math.PI * seconds / 47)); // the feeder's own stroke
        BeltLoad = (400 * load * feeder) + _filling.Step();
        _current.Step(22 + (0.16 * BeltLoad));
        _vibration.Step(1.2 + (0.004 * BeltLoad));
        _temperature.Step(hallTemperature + (0.0045 * MotorCurrent * MotorCurrent)); // copper losses go with I²

        SecondMotorPower = 6 + (0.06 * _secondBelt.Step(BeltLoad));
        _secondTemperature.Step(hallTemperature + (1.1 * SecondMotorPower));
    }
}
