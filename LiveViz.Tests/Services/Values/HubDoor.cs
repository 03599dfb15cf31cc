using System.Globalization;
using System.Text.Json;
using LiveViz.Tests.Hub;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Services.Values;

/// <summary>The hub, over JSON or MessagePack.</summary>
internal sealed class HubDoor(string name, bool isPacked) : Door(name)
{
    public override string Source => "Hub";

    public override TimeCount Counts => TimeCount.None;

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        await using var hub = await HubClient.ConnectAsync(server, isPacked);
        await (isPacked
            ? hub.InvokeAsync<PublishResult>("Publish", samples.Select(Packed).ToAsyncEnumerable())
            : hub.InvokeAsync<PublishResult>("Publish", samples.Select(Json).ToAsyncEnumerable()));
    }

    private static DataPoint Packed(Sample sample) => new(
        sample.Sensor, sample.Time.Instant!.Value, sample.Number.Text.Length == 0 ? null : double.Parse(sample.Number.Text, CultureInfo.InvariantCulture));

    // As it is written, and not as this program's serializer would: that knows no 1e999. Of what JSON has no number for, nothing.
    private static JsonElement Json(Sample sample)
    {
        var sent = sample.Number.IsWord ? sample with { Number = sample.Number with { Json = "null" } } : sample;
        using var document = JsonDocument.Parse(sent.Json);
        return document.RootElement.Clone();
    }
}
