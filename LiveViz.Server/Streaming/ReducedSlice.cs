namespace LiveViz.Server.Streaming;

/// <summary>For which samples of a series the points copied out of a reduction stand.</summary>
/// <param name="First">The first sequence.</param>
/// <param name="LeftOut">How many from there on were passed over: late, or overwritten before they were read.</param>
internal readonly record struct ReducedSlice(long First, long LeftOut);
