namespace LiveViz;

/// <summary>Samples of one sensor that a reader is not given, in no form: stated, so that it knows.</summary>
/// <param name="From">The sequence of the first of them.</param>
/// <param name="To">The sequence after the last of them.</param>
/// <param name="Reason">Why.</param>
public sealed record SampleGap(long From, long To, GapReason Reason);
