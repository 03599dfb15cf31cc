using LiveViz.Tests.Sources.Http;

namespace LiveViz.Tests.Services.Values;

/// <summary>HTTP: JSON, or line protocol.</summary>
internal sealed class HttpDoor(string name, bool isLines) : Door(name)
{
    public override string Source => "HTTP";

    public override TimeCount Counts => isLines ? TimeCount.Nanoseconds : TimeCount.Recognised;

    // The source is one, and is set up once.
    public override IReadOnlyList<string> Settings => isLines ? ["Type=Http", "Name=HTTP", "Sensor={measurement}"] : [];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        using var client = new HttpClient { BaseAddress = server };
        using var body = isLines ? PushServer.Body(Lines(samples), "text/plain") : PushServer.Body(JsonLines(samples), "application/x-ndjson");
        using var response = await client.PostAsync(isLines ? "/api/v2/write" : "/api/v1/points", body);
    }
}
