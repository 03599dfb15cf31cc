using LiveViz.Server.History;
using LiveViz.Server.Sources.Push;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LiveViz.Server.Sources.Http;

/// <summary><c>POST /api/v1/points</c>: samples as JSON.</summary>
internal static class PointsEndpoint
{
    private static readonly string[] Json = ["application/json", "text/json"];
    private static readonly string[] Lines = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    public static async Task<IResult> PostAsync(HttpContext context, HttpDoor door, CancellationToken cancellationToken)
    {
        if (NewSplitter(context.Request) is not { } splitter)
        {
            return Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "This is not read as samples",
                "Send application/json (an object, or an array of them) or application/x-ndjson (an object a line), in UTF-8, and say so in Content-Type.");
        }

        var report = new PushReport();
        BadHttpRequestException? unread = null;
        try
        {
            if (!await PushBody.ReadAsync(context.Request, door, splitter, new JsonPointReader(), report, cancellationToken))
            {
                return Problem(StatusCodes.Status400BadRequest, "There are no samples", "The body is empty.");
            }
        }
        catch (BadHttpRequestException e)
        {
            unread = e;
        }

        try
        {
            await door.StoredAsync(cancellationToken);
        }
        catch (HistoryException e)
        {
            return NotStored(context, e);
        }

        return unread is not null ? Problem(unread.StatusCode, "The body could not be read", $"{Sentence(unread.Message)} {Stored(report)}", report)
            : report.Refused == 0 ? TypedResults.NoContent()
            : Problem(StatusCodes.Status400BadRequest, "Samples were refused", $"{report.Refused} refused, and will be if they are sent again. {Stored(report)}", report);
    }

    private static TextSplitter? NewSplitter(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return new JsonSplitter();
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var media = type.MediaType.ToString();
        return Json.Contains(media, StringComparer.OrdinalIgnoreCase) ? new JsonSplitter()
            : Lines.Contains(media, StringComparer.OrdinalIgnoreCase) ? new LineSplitter()
            : null;
    }

    private static ProblemHttpResult NotStored(HttpContext context, HistoryException failure)
    {
        if (!failure.IsFull)
        {
            context.Response.Headers.RetryAfter = HttpEndpoints.RetryAfterSeconds;
        }

        return Problem(
            failure.IsFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable,
            "The samples are not stored",
            $"Nothing can be stored: {failure.Message}. Send all of them again later.");
    }

    private static ProblemHttpResult Problem(int status, string title, string detail, PushReport? report = null)
    {
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail };
        if (report is not null)
        {
            problem.Extensions["stored"] = report.Accepted;
            problem.Extensions["refused"] = report.Refused;
            problem.Extensions["rejections"] = report.Rejections;
        }

        return TypedResults.Problem(problem);
    }

    private static string Stored(PushReport report) => report.Accepted == 1 ? "1 is stored." : $"{report.Accepted} are stored.";

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}
