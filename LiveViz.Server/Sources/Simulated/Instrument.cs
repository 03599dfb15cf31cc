namespace LiveViz.Server.Sources.Simulated;

/// <summary>One sensor of the factory: turns the model's true value into what would be read off an instrument.</summary>
internal sealed class Instrument
{
    // How many Bad samples a dropout has before and after its silence.
    private const int BadBefore = 3;
    private const int BadAfter = 2;
    private const double Rounding = 1e-6; // samples; a thousandth of a step has no exact double

    private readonly Channel _channel;
    private readonly ulong _seed;
    private readonly double _samplesPerStep;
    private double _from;
    private double _to;
    private Fault? _fault;
    private double? _held;

    /// <param name="channel">What it measures.</param>
    /// <param name="sensor">What it is called.</param>
    /// <param name="seed">Fixes its noise.</param>
    /// <param name="rate">Samples a second.</param>
    public Instrument(Channel channel, Sensor sensor, ulong seed, int rate)
    {
        _channel = channel;
        Sensor = sensor;
        _seed = seed;
        _samplesPerStep = (double)rate / FactoryModel.StepsPerSecond;
    }

    /// <summary>What is known of it besides its samples.</summary>
    public Sensor Sensor { get; }

    /// <summary>Takes the true value one model step ahead, and the fault it has until then.</summary>
    public void Step(FactoryModel model, Fault? fault)
    {
        _from = _to;
        _to = _channel.Measure(model);
        if (!ReferenceEquals(_fault, fault))
        {
            _fault = fault;
            _held = null;
        }
    }

    /// <summary>Reads it.</summary>
    /// <param name="number">The sample's number from the start.</param>
    /// <param name="step">The model step the sample lies in.</param>
    /// <param name="fraction">How far into that step it lies, [0, 1).</param>
    /// <param name="value">The value in its unit, null where there is none.</param>
    /// <param name="quality">How far the value can be trusted.</param>
    /// <returns>False where it delivers no sample.</returns>
    public bool TryRead(long number, long step, double fraction, out double? value, out Quality quality)
    {
        quality = Quality.Good;
        value = null;
        if (_fault is null)
        {
            value = Show(True(fraction) + (_channel.Noise * Random(number)));
            return true;
        }

        var age = step - _fault.Start + fraction;
        switch (_fault.Kind)
        {
            case FaultKind.Dropout:
                quality = Quality.Bad;
                var passed = age * _samplesPerStep;
                var left = (_fault.End - step - fraction) * _samplesPerStep;
                return passed < BadBefore - Rounding || left <= BadAfter + Rounding;

            case FaultKind.Stuck:
                value = _held ??= Show(True(fraction) + (_channel.Noise * Random(number)));
                return true;

            case FaultKind.Noise:
                quality = Quality.Uncertain;
                value = Show(True(fraction) + (_fault.Magnitude * Random(number)));
                return true;

            default:
                value = Show(True(fraction) + _fault.Offset(age) + (_channel.Noise * Random(number)));
                return true;
        }
    }

    private double True(double fraction) => _from + ((_to - _from) * fraction);

    private double Random(long number) => SplitMix64.NormalAt(_seed, (ulong)number);

    // As a transmitter would send it: within what it can show, and one digit finer than is worth showing.
    private double Show(double value) =>
        Math.Round(Math.Clamp(value, _channel.Range.Low, _channel.Range.High), _channel.Digits + 1);
}
