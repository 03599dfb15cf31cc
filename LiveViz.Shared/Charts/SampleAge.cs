namespace LiveViz.Charts;

/// <summary>When the newest sample of a frame was where, in milliseconds since 1970 UTC.</summary>
/// <param name="Measured">When it was measured, by its source's clock; null where that was long ago, in a recording.</param>
/// <param name="Received">When it arrived at the server.</param>
/// <param name="Framed">When the server put it into a frame.</param>
public sealed record SampleAge(double? Measured, double Received, double Framed);
