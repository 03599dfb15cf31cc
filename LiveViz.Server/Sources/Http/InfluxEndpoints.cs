using LiveViz.Server.History;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Server.Sources.Http;

/// <summary>
/// What clients of InfluxDB ask for when they write: <c>/api/v2/write</c> as version 2 answers, <c>/write</c> as version
/// 1 does, <c>/ping</c> and <c>/health</c>. Tokens, organisations, buckets and databases are not looked at.
/// </summary>
internal static class InfluxEndpoints
{
    // Of the write interface that is served here: clients look at it to decide what they can ask for.
    private const string Version = "v2.7.0";

    public static Task<IResult> WriteV2Async(HttpContext context, HttpDoor door, CancellationToken cancellationToken) =>
        WriteAsync(context, door, ErrorV2, cancellationToken);

    public static Task<IResult> WriteV1Async(HttpContext context, HttpDoor door, CancellationToken cancellationToken) =>
        WriteAsync(context, door, ErrorV1, cancellationToken);

    public static IResult Ping(HttpContext context)
    {
        context.Response.Headers["X-Influxdb-Version"] = Version;
        context.Response.Headers["X-Influxdb-Build"] = "LiveViz";
        return TypedResults.NoContent();
    }

    public static IResult Health() =>
        TypedResults.Json(new { name = "LiveViz", message = "ready for writes", status = "pass", checks = Array.Empty<object>(), version = Version });

    private static async Task<IResult> WriteAsync(
        HttpContext context, HttpDoor door, Func<HttpContext, int, string, IResult> error, CancellationToken cancellationToken)
    {
        if (Precision(context.Request.Query["precision"]) is not { } precision)
        {
            return error(context, StatusCodes.Status400BadRequest, "invalid precision; valid precision units are ns, us, ms, and s");
        }

        var report = new PushReport();
        BadHttpRequestException? unread = null;
        try
        {
            if (!await PushBody.ReadAsync(context.Request, door, new LineSplitter(), door.NewLineReader(precision), report, cancellationToken))
            {
                return error(context, StatusCodes.Status400BadRequest, "writing requires points");
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
            if (!e.IsFull)
            {
                context.Response.Headers.RetryAfter = HttpEndpoints.RetryAfterSeconds;
            }

            return error(context, e.IsFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable, e.Message);
        }

        return unread is not null ? error(context, unread.StatusCode, $"unable to read data: {unread.Message}; {Stored(report)} before that")
            : report.Refused == 0 ? TypedResults.NoContent()
            : error(context, StatusCodes.Status400BadRequest, Describe(report));
    }

    private static string Stored(PushReport report) => $"{Counted.Of(report.Accepted, "value")} {(report.Accepted == 1 ? "is" : "are")} stored";

    private static string Describe(PushReport report)
    {
        var problems = string.Join("; ", report.Rejections.Select(rejection => $"line {rejection.Number}: {rejection.Problem}"));
        var stored = report.Accepted > 0 ? $"partial write, {Stored(report)}: " : "";
        return $"{stored}{problems} dropped={report.Refused}";
    }

    private static IResult ErrorV2(HttpContext context, int status, string message)
    {
        var code = status switch
        {
            StatusCodes.Status400BadRequest => "invalid",
            StatusCodes.Status413PayloadTooLarge => "request too large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported media type",
            StatusCodes.Status503ServiceUnavailable => "unavailable",
            _ => "internal error",
        };
        context.Response.Headers["X-Platform-Error-Code"] = code;
        return TypedResults.Json(new { code, message }, statusCode: status);
    }

    private static IResult ErrorV1(HttpContext context, int status, string message) =>
        TypedResults.Json(new { error = message }, statusCode: status);

    private static TimePrecision? Precision(string? name) => name switch
    {
        null or "" or "ns" or "n" => TimePrecision.Nanoseconds,
        "us" or "u" => TimePrecision.Microseconds,
        "ms" => TimePrecision.Milliseconds,
        "s" => TimePrecision.Seconds,
        "m" => TimePrecision.Minutes,
        "h" => TimePrecision.Hours,
        _ => null,
    };
}
