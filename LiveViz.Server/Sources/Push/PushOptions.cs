using LiveViz.Sources;

namespace LiveViz.Server.Sources.Push;

/// <summary>Settings of a door that samples are sent in through.</summary>
internal class PushOptions : SourceOptions
{
    /// <summary>
    /// Whether anything can be sent in here. True by default: whoever can reach the server can read everything it has,
    /// and is as a rule one who may send to it.
    /// </summary>
    public bool Enabled { get; set; } = true;
}
