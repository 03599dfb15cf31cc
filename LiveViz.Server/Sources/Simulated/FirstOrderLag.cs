namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// What follows its target with inertia, such as the temperature of a motor that follows its load:
/// dy/dt = (target - y) / τ, by explicit Euler steps of <see cref="FactoryModel.StepSeconds"/>.
/// </summary>
/// <param name="timeConstant">τ in seconds, well above the step.</param>
/// <param name="initial">The value to start from.</param>
internal sealed class FirstOrderLag(double timeConstant, double initial)
{
    /// <summary>The value now, in the unit of its target.</summary>
    public double Value { get; private set; } = initial;

    /// <summary>Goes one step towards <paramref name="target"/>.</summary>
    public double Step(double target) => Value += (target - Value) * (FactoryModel.StepSeconds / timeConstant);
}
