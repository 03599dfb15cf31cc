using LiveViz.Tests.Sources.Tcp;

namespace LiveViz.Tests.Services.Values;

/// <summary>A socket: JSON, or line protocol.</summary>
internal sealed class TcpDoor(string name, bool isLines) : Door(name)
{
    private readonly int _port = LineClient.FreePort();

    public override TimeCount Counts => isLines ? TimeCount.Nanoseconds : TimeCount.Recognised;

    public override IReadOnlyList<string> Settings =>
        ["Type=Tcp", $"Listen=127.0.0.1:{_port}", $"Format={(isLines ? "LineProtocol" : "Json")}", "Sensor={measurement}"];

    public override async Task SendAsync(Uri server, IReadOnlyList<Sample> samples)
    {
        using var client = await LineClient.ConnectAsync(_port);
        await client.WriteAsync(isLines ? Lines(samples) : JsonLines(samples));
    }
}
