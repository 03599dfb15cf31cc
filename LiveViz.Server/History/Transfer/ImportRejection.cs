namespace LiveViz.Server.History.Transfer;

/// <summary>Something that was not imported.</summary>
/// <param name="File">In which file.</param>
/// <param name="Line">The line, from 1; null where it is the whole file.</param>
/// <param name="Reason">Why.</param>
internal sealed record ImportRejection(string File, int? Line, string Reason);
