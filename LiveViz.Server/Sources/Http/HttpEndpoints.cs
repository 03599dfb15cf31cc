using LiveViz.Server.Security;
using LiveViz.Server.Sources.Http;
using LiveViz.Server.Streaming;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveViz.Server;

/// <summary>Maps what is asked and sent over HTTP, and its description.</summary>
internal static class HttpEndpoints
{
    /// <summary>When a caller may try again that could not be served, in seconds: a store that comes back does so within.</summary>
    public const string RetryAfterSeconds = "5";

    // What has another type than those described is to be answered here too, and not to be taken for a page's form.
    private const string Any = "*/*";

    public static void MapHttpSource(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").RequireCors(SecurityExtensions.AllowedOriginsPolicy).RequireRateLimiting(SecurityExtensions.RequestsPolicy);
        api.MapGet("/api/v1/sensors", (SensorLog log) => log.All.Select(series => series.Sensor))
            .WithTags("Sensors").WithSummary("Every sensor known now, in the order in which they became known.");
        endpoints.MapOpenApi();
        if (endpoints.ServiceProvider.GetRequiredService<HttpDoor>().IsEnabled)
        {
            MapPoints(api);
            MapInflux(api);
            return;
        }

        foreach (var path in (string[])["/api/v1/points", "/api/v2/write", "/write"])
        {
            api.MapPost(path, SwitchedOff).ExcludeFromDescription();
        }
    }

    private static ProblemHttpResult SwitchedOff() =>
        TypedResults.Problem("Samples cannot be sent here: the source of type Http is not Enabled in LiveViz:Sources.", statusCode: StatusCodes.Status404NotFound);

    private static void MapPoints(RouteGroupBuilder api) =>
        api.MapPost("/api/v1/points", PointsEndpoint.PostAsync)
            .WithTags("Samples").WithSummary("Takes samples in.")
            .WithDescription(
                "A sample, an array of samples, or a sample a line (application/x-ndjson). 204 says that all of them are stored; "
                + "400 that some were refused, which and why, and how many are stored.")
            .Accepts<DataPoint[]>("application/json", "application/x-ndjson", Any)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody?.Content?.Remove(Any);
                return Task.CompletedTask;
            })
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static void MapInflux(RouteGroupBuilder api)
    {
        Describe(api.MapPost("/api/v2/write", InfluxEndpoints.WriteV2Async)).WithSummary("Takes InfluxDB line protocol in, as InfluxDB 2 does.");
        Describe(api.MapPost("/write", InfluxEndpoints.WriteV1Async)).WithSummary("Takes InfluxDB line protocol in, as InfluxDB 1 does.");
        api.MapMethods("/ping", ["GET", "HEAD"], InfluxEndpoints.Ping).WithTags("Line protocol").WithSummary("Answers clients of InfluxDB.");
        api.MapGet("/health", InfluxEndpoints.Health).WithTags("Line protocol").WithSummary("Answers clients of InfluxDB.");

        static RouteHandlerBuilder Describe(RouteHandlerBuilder write) =>
            write.WithTags("Line protocol")
                .WithDescription("precision is ns (the default), us, ms or s, and also n, u, m or h. gzip is understood. org, bucket and db are not looked at.")
                .Accepts<string>("text/plain", Any)
                .Produces(StatusCodes.Status204NoContent)
                .Produces(StatusCodes.Status400BadRequest)
                .Produces(StatusCodes.Status413PayloadTooLarge)
                .Produces(StatusCodes.Status503ServiceUnavailable)
                .Produces(StatusCodes.Status507InsufficientStorage);
    }
}
