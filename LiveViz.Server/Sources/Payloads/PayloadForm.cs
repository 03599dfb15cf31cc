namespace LiveViz.Server.Sources.Payloads;

/// <summary>What a message holds.</summary>
internal enum PayloadForm
{
    /// <summary>A JSON object, or an array of objects.</summary>
    Json,

    /// <summary>One number as text, and nothing else.</summary>
    Plain,
}
