using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Commands;

/// <summary>The summary of an import for people.</summary>
internal static class ImportReport
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(ImportSummary summary, TextWriter output)
    {
        await output.WriteLineAsync(summary.Completed
            ? $"Imported {Counted.Of(summary.Files, "file")} in {summary.Seconds:0.0} s ({summary.Rows / Math.Max(0.001, summary.Seconds):N0} rows/s)."
            : $"Not finished ({summary.Failure}) after {summary.Seconds:0.0} s. What was stored stays; run it again, and nothing is stored twice.");
        await output.WriteLineAsync($"  rows      {summary.Rows:N0}, of {Counted.Of(summary.Sensors, "sensor")}{Span(summary)}");
        await output.WriteLineAsync($"  samples   {summary.Added:N0} added, {summary.Replaced:N0} replaced, {summary.Unchanged:N0} there before");
        await output.WriteLineAsync($"  rejected  {Counted.Of(summary.Rejected, "row")}");
        foreach (var (file, line, reason) in summary.Reasons)
        {
            await output.WriteLineAsync($"    {file}{(line is null ? "" : $", line {line}")}: {reason}");
        }

        if (summary.Rejected > summary.Reasons.Count)
        {
            await output.WriteLineAsync("    ...");
        }

        if (summary.Note is not null)
        {
            await output.WriteLineAsync($"  {summary.Note}.");
        }
    }

    private static string Span(ImportSummary summary) => summary is { From: { } from, To: { } to } ? $", from {from:O} to {to:O}" : "";
}
