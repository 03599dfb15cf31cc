using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Http;

/// <summary>Answers <c>GET /api/v1/sensors/{id}/history</c>.</summary>
internal sealed class SensorHistory(HistoryAnswers answers, TimeProvider time, ILogger<SensorHistory> logger)
{
    /// <summary>The most buckets of one answer: more than any screen has pixels.</summary>
    public const int MostPoints = 100_000;

    // What stands in the buffer of an answer before it is sent.
    private const int Flushed = 1 << 16;

    /// <summary>Answers.</summary>
    /// <returns>A refusal; null where the answer is written.</returns>
    public async Task<IResult?> AnswerAsync(HttpContext context, string? from, string? to, string? points, string? format)
    {
        if (SensorPath.SensorId(context) is not { } sensorId)
        {
            return Results.NotFound();
        }

        if (TimeRange.TryParse(from, to, time.GetUtcNow().UtcTicks, out var range) is { } problem)
        {
            return HistoryProblem.Wrong(problem);
        }

        var count = 0;
        if (!string.IsNullOrEmpty(points) && (!int.TryParse(points, out count) || count is < 0 or > MostPoints))
        {
            return HistoryProblem.Wrong($"points is \"{points}\"; it must be from 1 to {MostPoints}, or 0 for every sample.");
        }

        if (RequestedFormat.IsCsv(context.Request, format) is not { } isCsv)
        {
            return HistoryProblem.Wrong($"format is \"{format}\"; it must be json or csv.");
        }

        try
        {
            await answers.UpToDateAsync(context.RequestAborted);
            if (answers.About(sensorId) is not { } sensor)
            {
                return HistoryProblem.Unknown(sensorId);
            }

            var head = new HistoryHead(sensor, range, answers.IsOn, answers.IsComplete(sensorId, range));
            using IHistoryForm form = isCsv ? new CsvHistory(context.Response.BodyWriter) : new JsonHistory(context.Response.BodyWriter);
            await (count > 0 ? WriteBucketsAsync(context, form, head, count) : WriteSamplesAsync(context, form, head));
            return null;
        }
        catch (HistoryException e)
        {
            return HistoryProblem.Failing(context, e, logger);
        }
    }

    private async Task WriteSamplesAsync(HttpContext context, IHistoryForm form, HistoryHead head)
    {
        var pages = answers.Read.PagesAsync(head.Sensor.Id, head.Range.From, head.Range.Until, context.RequestAborted);
        var begun = false;
        await foreach (var samples in pages)
        {
            // Not before something could be read.
            Begin();
            for (var i = 0; i < samples.Count; i++)
            {
                form.Sample(samples.Ticks[i], samples.Values[i], samples.Marks[i].Quality());
                await FlushAsync(context, Flushed);
            }
        }

        Begin();
        form.End();
        await FlushAsync(context, 0);

        void Begin()
        {
            if (!begun)
            {
                begun = true;
                BeginAnswer(context, form, head);
                form.BeginSamples(head);
            }
        }
    }

    private async Task WriteBucketsAsync(HttpContext context, IHistoryForm form, HistoryHead head, int count)
    {
        // No more buckets than were asked for, and one that is cut at either end.
        var bucket = BucketWidth.For(Math.Max(1, head.Range.Until - head.Range.From), count * BucketWidth.PointsPerBucket);
        var rollups = await answers.BucketsAsync(head.Sensor.Id, head.Range, bucket, context.RequestAborted);
        BeginAnswer(context, form, head);
        form.BeginBuckets(head, bucket);
        foreach (var rollup in rollups)
        {
            form.Bucket(rollup.FirstTicks / bucket * bucket, rollup);
            await FlushAsync(context, Flushed);
        }

        form.End();
        await FlushAsync(context, 0);
    }

    private static void BeginAnswer(HttpContext context, IHistoryForm form, HistoryHead head)
    {
        context.Response.ContentType = form.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // For CSV, which cannot say it itself.
        context.Response.Headers["LiveViz-Source"] = head.IsStored ? "history" : "memory";
        context.Response.Headers["LiveViz-Complete"] = head.IsComplete ? "true" : "false";
    }

    private static async ValueTask FlushAsync(HttpContext context, long beyond)
    {
        var output = context.Response.BodyWriter;
        if (output.UnflushedBytes > beyond)
        {
            await output.FlushAsync(context.RequestAborted);
        }
    }
}
