using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Http;

/// <summary>Answers <c>GET /api/v1/export</c>.</summary>
internal sealed class HistoryExport(HistoryAnswers answers, TimeProvider time, ILogger<HistoryExport> logger)
{
    /// <summary>Answers.</summary>
    /// <returns>A refusal; null where the answer is written.</returns>
    public async Task<IResult?> AnswerAsync(HttpContext context, string[] sensors, string? from, string? to, string? format)
    {
        if (TimeRange.TryParse(from, to, time.GetUtcNow().UtcTicks, out var range) is { } problem)
        {
            return HistoryProblem.Wrong(problem);
        }

        if (!Enum.TryParse<ExportFormat>(string.IsNullOrEmpty(format) ? "csv" : format, ignoreCase: true, out var form) || !Enum.IsDefined(form))
        {
            return HistoryProblem.Wrong($"format is \"{format}\"; it must be csv or parquet.");
        }

        try
        {
            await answers.UpToDateAsync(context.RequestAborted);
            var ids = SensorIds.Split(sensors, id => answers.About(id) is not null);
            if (ids.Count == 0)
            {
                return HistoryProblem.Wrong("sensors names none; it must be ids of sensors, separated by commas, or given several times.");
            }

            if (ids.Find(id => answers.About(id) is null) is { } unknown)
            {
                return HistoryProblem.Unknown(unknown);
            }

            await WriteAsync(context, ids, range, form);
            return null;
        }
        catch (HistoryException e)
        {
            return HistoryProblem.Failing(context, e, logger);
        }
    }

    private async Task WriteAsync(HttpContext context, List<string> ids, TimeRange range, ExportFormat form)
    {
        var response = context.Response;
        var aborted = context.RequestAborted;
        response.ContentType = form == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet";
        response.Headers.ContentDisposition = $"attachment; filename=\"liveviz.{(form == ExportFormat.Csv ? "csv" : "parquet")}\"";
        response.Headers.CacheControl = "no-store";
        response.Headers["LiveViz-Source"] = answers.IsOn ? "history" : "memory";
        response.Headers["LiveViz-Complete"] = ids.TrueForAll(id => answers.IsComplete(id, range)) ? "true" : "false";
        await using ISampleExport export = form == ExportFormat.Csv
            ? new CsvExport(response.BodyWriter)
            : await ParquetExport.CreateAsync(response.Body, aborted);
        await Exporter.WriteAsync(answers.Read, ids, range, export, aborted);
    }
}
