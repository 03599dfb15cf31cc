namespace LiveViz.Charts;

/// <summary>A piece of a row of a heatmap.</summary>
/// <param name="From">Where it begins, in ticks UTC.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Cell">What it shows; null where there is nothing.</param>
/// <param name="IsHeld">Whether no sample lies in it, and the last one of <paramref name="Cell"/> still holds.</param>
internal readonly record struct HeatSpan(long From, long To, HeatCell? Cell, bool IsHeld);
