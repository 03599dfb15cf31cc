namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A random walk that is pulled back to 0 (Ornstein-Uhlenbeck): what in a plant comes and goes by itself.
/// dw = -w/τ dt + σ sqrt(2/τ) dB, by Euler-Maruyama steps of <see cref="FactoryModel.StepSeconds"/>.
/// </summary>
/// <param name="seed">Fixes its course.</param>
/// <param name="deviation">σ, the standard deviation it settles at, in the unit of what it disturbs.</param>
/// <param name="timeConstant">τ in seconds: how long it remembers.</param>
internal sealed class Wander(ulong seed, double deviation, double timeConstant)
{
    private readonly double _pull = FactoryModel.StepSeconds / timeConstant;
    private readonly double _push = deviation * Math.Sqrt(2 * FactoryModel.StepSeconds / timeConstant);
    private SplitMix64 _random = new(seed);
    private double _value;

    /// <summary>Goes one step and returns where it is.</summary>
    public double Step() => _value += (_push * _random.NextNormal()) - (_pull * _value);
}
