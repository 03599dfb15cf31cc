namespace LiveViz.Server.Sources.Sql;

/// <summary>What one query brought.</summary>
/// <param name="Points">The samples.</param>
/// <param name="Mark">The mark of the last row; that of the page before where there was none.</param>
/// <param name="HasMore">Whether there may be more at once.</param>
internal sealed record SqlPage(IReadOnlyList<DataPoint> Points, SqlMark Mark, bool HasMore);
