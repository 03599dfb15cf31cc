namespace LiveViz.Charts;

/// <summary>A piece of a row over time, as it is drawn.</summary>
/// <param name="Start">When it begins, in ticks UTC; no other of the row begins then.</param>
/// <param name="Css">Its classes.</param>
/// <param name="Style">Its place and colour, as CSS says it.</param>
/// <param name="Told">What is said of it to who points at it.</param>
/// <param name="Letter">What stands on it, besides its colour; empty for nothing.</param>
internal sealed record RowMark(long Start, string Css, string Style, string Told, string Letter = "");
