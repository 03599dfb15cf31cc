using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Tests.Sources.Payloads;

/// <summary>Options of a source whose messages have a key.</summary>
internal sealed class MessageOptions : PayloadOptions
{
    public override string Sensor { get; set; } = "{key}";

    internal override IReadOnlyList<string> Names { get; } = ["key", "topic"];
}
