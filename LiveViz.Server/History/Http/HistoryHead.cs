using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Http;

/// <summary>What is said of an answer before its samples.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Range">Of which time.</param>
/// <param name="IsStored">Whether it comes from history; else from memory.</param>
/// <param name="IsComplete">Whether all that came in that time is held.</param>
internal sealed record HistoryHead(Sensor Sensor, TimeRange Range, bool IsStored, bool IsComplete);
