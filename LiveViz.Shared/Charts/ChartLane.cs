namespace LiveViz.Charts;

/// <summary>One y axis of a chart, with a part of its height or all of it, and which of its traces are drawn on it.</summary>
/// <param name="Unit">The unit on the axis; empty where there is none.</param>
/// <param name="Traces">Indices of the traces, from 0.</param>
/// <param name="Base">What the axis shows at the least, in the unit; null where only the samples can tell.</param>
public sealed record ChartLane(string Unit, IReadOnlyList<int> Traces, ValueRange? Base);
