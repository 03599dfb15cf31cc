namespace LiveViz.Server.Sources.Simulated;

/// <summary>What can go wrong with an instrument.</summary>
internal enum FaultKind
{
    /// <summary>A jump of a second and a half that then dies away; the instrument does not notice, its quality stays Good.</summary>
    Spike,

    /// <summary>It creeps away until it is outside of Normal, stays there, and is put right; quality Good.</summary>
    Drift,

    /// <summary>It shows the same value all the time; quality Good.</summary>
    Stuck,

    /// <summary>A few Bad samples without a value, then none at all, then a few Bad ones again.</summary>
    Dropout,

    /// <summary>Many times its usual noise; quality Uncertain.</summary>
    Noise,
}
