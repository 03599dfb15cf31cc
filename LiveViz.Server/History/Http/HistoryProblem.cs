namespace LiveViz.Server.History.Http;

/// <summary>Refusals of the history API, as problem+json.</summary>
internal static class HistoryProblem
{
    /// <summary>What was asked cannot be understood.</summary>
    public static IResult Wrong(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request is wrong");

    /// <summary>There is no such sensor.</summary>
    public static IResult Unknown(string sensorId) => Results.Problem(
        $"There is no sensor \"{sensorId}\"; GET /api/v1/sensors lists those that deliver now. An id stands in the address percent-encoded: / as %2F, a space as %20.",
        statusCode: StatusCodes.Status404NotFound,
        title: "The sensor is not known");

    /// <summary>The store cannot be used now; an answer that has begun is cut off, as a whole one would be taken for the truth.</summary>
    /// <returns>The refusal; null where the answer has begun.</returns>
    public static IResult? Failing(HttpContext context, HistoryException failure, ILogger logger)
    {
        if (!context.Response.HasStarted)
        {
            return Failing(failure);
        }

        logger.LogWarning("An answer to {Address} was cut off: {Reason}", context.Connection.RemoteIpAddress, failure.Message);
        context.Abort();
        return null;
    }

    /// <summary>The store cannot be used now.</summary>
    public static IResult Failing(HistoryException failure) => Results.Problem(
        failure.Message,
        statusCode: failure.IsFull ? StatusCodes.Status507InsufficientStorage : StatusCodes.Status503ServiceUnavailable,
        title: "History cannot be used now");
}
