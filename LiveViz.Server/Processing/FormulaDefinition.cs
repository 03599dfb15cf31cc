namespace LiveViz.Server.Processing;

/// <summary>A sensor and what it is calculated from.</summary>
/// <param name="Id">The sensor's id.</param>
/// <param name="Key">Where in the configuration the formula stands.</param>
/// <param name="Formula">The formula.</param>
/// <param name="At">The input at whose samples it is calculated; null for every input.</param>
internal sealed record FormulaDefinition(string Id, string Key, Formula Formula, string? At);
