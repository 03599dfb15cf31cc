using LiveViz.Server.History.Transfer;
using LiveViz.Server.Sources.CsvReplay;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LiveViz.Server.History.Http;

/// <summary>Answers <c>POST /api/v1/import</c>.</summary>
internal sealed class HistoryImports(Historian historian, HistorySettings settings, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Imports the body and answers when all of it is stored.</summary>
    public async Task<IResult> AnswerAsync(HttpContext context, string source, CsvReplayOptions options)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "text/csv")
        {
            return Results.Problem("The body must be CSV, sent with Content-Type: text/csv.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return Results.Problem("The body must not be compressed.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        if (historian.Status.State == HistoryState.Off)
        {
            return Results.Problem("No history is kept here: LiveViz:History:Store is None.", statusCode: StatusCodes.Status409Conflict);
        }

        if (!_one.Wait(0, CancellationToken.None))
        {
            return Results.Problem("Another import is running; send this one when it is over.", statusCode: StatusCodes.Status409Conflict, title: "Busy");
        }

        try
        {
            // A CSV reader reads and waits: on a thread of its own.
            context.Features.Get<IHttpBodyControlFeature>()?.AllowSynchronousIO = true;
            return await Task.Factory.StartNew(
                () => ImportAsync(request.Body, source, options, context.RequestAborted).GetAwaiter().GetResult(),
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<IResult> ImportAsync(Stream body, string source, CsvReplayOptions options, CancellationToken aborted)
    {
        var summary = new ImportSummary();
        var import = new CsvImport(batch => historian.ImportAsync(batch, CancellationToken.None), time, source, settings, summary);
        try
        {
            await import.ReadAsync(body, options, () => { }, aborted);
            await import.FinishAsync();
            await import.EndAsync();
            return Results.Json(summary, statusCode: summary is { Rejected: > 0, HasSamples: false } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }
        catch (InvalidDataException e)
        {
            await import.EndAsync();
            return HistoryProblem.Wrong(e.Message);
        }
        catch (HistoryException e)
        {
            return HistoryProblem.Failing(new HistoryException($"{e.Message}. What was stored before stays; when it is sent again nothing is stored twice", e.IsFull, e));
        }
    }
}
