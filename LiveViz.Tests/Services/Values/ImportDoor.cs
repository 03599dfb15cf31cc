using System.Text.Json;
using LiveViz.Tests.Sources.Http;

namespace LiveViz.Tests.Services.Values;

/// <summary>A recording that is imported into history, with commas.</summary>
internal sealed class ImportDoor(string name) : Door(name)
{
    public override bool IsLive => false;

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        using var client = new HttpClient { BaseAddress = server };
        using var body = PushServer.Body(Csv(samples, ','), "text/csv");
        // Of a source that the server runs: their past is known to the hub again after a restart.
        using var response = await client.PostAsync("/api/v1/import?source=HTTP", body);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Rejected = answer.RootElement.GetProperty("rejected").GetInt64();
    }
}
