namespace LiveViz.Server.Sources.Simulated;

/// <summary>A fault of one instrument, from its first step of simulated time to the one before its end.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Start">The model step it begins with.</param>
/// <param name="End">The model step it is over at.</param>
/// <param name="Magnitude">
/// In the instrument's unit: how far a spike jumps or a drift goes, signed; the standard deviation of a noise fault.
/// </param>
internal sealed record Fault(FaultKind Kind, long Start, long End, double Magnitude)
{
    private const double SpikeSeconds = 1.5; // so that one sample a second is enough to show it
    private const double SpikeDecaySeconds = 0.8;
    private const double DriftShare = 0.6; // of its time it takes to go all the way

    /// <summary>What it adds to the true value <paramref name="steps"/> model steps after its start.</summary>
    public double Offset(double steps)
    {
        var seconds = steps * FactoryModel.StepSeconds;
        return Kind switch
        {
            FaultKind.Spike when seconds < SpikeSeconds => Magnitude,
            FaultKind.Spike => Magnitude * Math.Exp((SpikeSeconds - seconds) / SpikeDecaySeconds),
            FaultKind.Drift => Magnitude * Math.Min(1, steps / (DriftShare * (End - Start))),
            _ => 0,
        };
    }
}
