using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Security;

/// <summary>The section <c>LiveViz:Limits</c> of the configuration: how much clients may ask.</summary>
public sealed class LimitOptions
{
    /// <summary>Clients of the hub at once; and, counted separately, open dashboards.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000")]
    public int Connections { get; set; } = 5_000;

    /// <summary>
    /// Of these, how many from one user, or from one address where nobody is signed in. 10 by default: a person's
    /// tabs and tools, and not enough for one computer to take everybody's places.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000")]
    public int ConnectionsPerAddress { get; set; } = 10;

    /// <summary>Streams at once on one connection to the hub.</summary>
    [Range(1, 10_000, ErrorMessage = "must be from 1 to 10000")]
    public int StreamsPerConnection { get; set; } = 20;

    /// <summary>Calls a second on one connection to the hub, in the long run.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int CallsPerSecond { get; set; } = 20;

    /// <summary>Calls at once, after a time with few: a page that opens asks for much in its first second.</summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000")]
    public int CallBurst { get; set; } = 200;

    /// <summary>
    /// The longest message a client of the hub may send, in bytes. 1 MiB by default: as many sensor ids as a
    /// request may name, of the greatest length.
    /// </summary>
    [Range(1_024, 67_108_864, ErrorMessage = "must be from 1024 to 67108864 (bytes)")]
    public int MessageBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// Requests a second to the HTTP interface from one address, in the long run and at once. 1000 by default: more than
    /// any client that puts its samples together needs, and a tenth of a core.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = "must be from 1 to 1000000")]
    public int RequestsPerSecond { get; set; } = 1_000;
}
