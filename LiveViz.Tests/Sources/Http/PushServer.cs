using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using LiveViz.Sources;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Tests.Sources.Http;

/// <summary>A server that nothing comes to but what is sent in, for all tests of a class.</summary>
public sealed class PushServer : IAsyncLifetime
{
    internal LiveVizServer Server { get; private set; } = default!;

    internal HubConnection Hub { get; private set; } = default!;

    internal HttpClient Client { get; private set; } = default!;

    public async Task InitializeAsync()
    {
        // The only source of the file is made one that is named and set up here.
        Server = await LiveVizServer.StartAsync("LiveViz:Sources:0:Type=Http", "LiveViz:Sources:0:BodyMegabytes=1", "LiveViz:Limits:StreamsPerConnection=1000");
        Hub = await HubClient.ConnectAsync(Server.Address, messagePack: true);
        Client = new HttpClient { BaseAddress = Server.Address };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Hub.DisposeAsync();
        await Server.DisposeAsync();
    }

    internal static HttpContent Body(string text, string? type, bool gzip = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (gzip)
        {
            using var packed = new MemoryStream();
            using (var packing = new GZipStream(packed, CompressionLevel.Fastest))
            {
                packing.Write(bytes);
            }

            bytes = packed.ToArray();
        }

        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        if (gzip)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }

    internal async Task<(int Status, string Body, HttpResponseMessage Response)> PostAsync(string path, string text, string? type, bool gzip = false)
    {
        using var content = Body(text, type, gzip);
        var response = await Client.PostAsync(path, content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>The newest sample of a sensor, as a client of the hub sees it.</summary>
    internal async Task<DataPoint> NewestAsync(string sensor)
    {
        await foreach (var point in Hub.StreamAsync<DataPoint>("Stream", new[] { sensor }))
        {
            return point;
        }

        throw new InvalidOperationException("The stream ended.");
    }

    internal async Task<SourceStatus> StatusAsync(string type) =>
        (await Hub.InvokeAsync<SourceStatus[]>("GetSources")).Single(source => source.Type == type);
}
