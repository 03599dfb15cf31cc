using LiveViz.Server.History.Http;
using LiveViz.Server.History.Transfer;
using LiveViz.Server.Sources.CsvReplay;
using Microsoft.AspNetCore.Mvc;

namespace LiveViz.Server;

/// <summary>Registers and maps what is answered of history over HTTP.</summary>
internal static class HistoryApiExtensions
{
    /// <summary>Registers it.</summary>
    public static IServiceCollection AddHistoryApi(this IServiceCollection services)
    {
        services.AddSingleton<HistoryAnswers>();
        services.AddSingleton<SensorHistory>();
        services.AddSingleton<HistoryExport>();
        services.AddSingleton<HistoryImports>();
        return services;
    }

    /// <summary>Maps it.</summary>
    public static void MapHistoryApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("").WithTags("History").RequireCors(SecurityExtensions.AllowedOriginsPolicy).RequireRateLimiting(SecurityExtensions.RequestsPolicy)
            .AddEndpointFilterFactory(KnownParameters.Only);
        // The id is for the description; what counts is the address as it was sent.
        var history = async (HttpContext context, SensorHistory answer, [FromRoute] string? id, string? from, string? to, string? points, string? format) =>
            await answer.AnswerAsync(context, from, to, points, format) ?? Results.Empty;
        api.MapGet("/api/v1/sensors/{id}/history", history)
            .WithSummary("The past of a sensor: every sample, or with points=N buckets with first, min, max, last and mean.")
            .WithName("GetHistory")
            .Produces(StatusCodes.Status200OK, contentType: "application/json", additionalContentTypes: "text/csv")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        // Where the slashes of an id come as they are, as a proxy may make them.
        api.MapGet("/api/v1/sensors/{**id}", history).ExcludeFromDescription();
        api.MapGet("/api/v1/export", async (HttpContext context, HistoryExport answer, [FromQuery] string[] sensors, string? from, string? to, string? format) =>
                await answer.AnswerAsync(context, sensors, from, to, format) ?? Results.Empty)
            .WithSummary("Samples of sensors as a file: format=csv or format=parquet.")
            .WithName("Export")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv", additionalContentTypes: "application/vnd.apache.parquet")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapPost(
                "/api/v1/import",
                (HttpContext context, HistoryImports answer, string? source, string? name, string? timestampColumn, string? prefix, string? group, [FromQuery] string[] ignore) =>
                    answer.AnswerAsync(context, source ?? CsvImport.DefaultSource, new CsvReplayOptions
                    {
                        Path = name ?? "import.csv",
                        TimestampColumn = timestampColumn,
                        Prefix = prefix ?? "",
                        Group = group,
                        Ignore = ignore.Length > 0 ? ignore : null,
                    }))
            .WithSummary("Stores a recording, CSV in any form that a CsvReplay source reads; answers when all of it is stored.")
            .WithDescription("The body is the text of the recording, sent with Content-Type: text/csv. The answer says how many samples were added, replaced others, or were there before, and which rows were rejected.")
            .WithName("Import")
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Produces<ImportSummary>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .ProducesProblem(StatusCodes.Status507InsufficientStorage);
    }
}
