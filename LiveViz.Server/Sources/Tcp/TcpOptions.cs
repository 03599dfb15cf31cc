using System.ComponentModel.DataAnnotations;
using System.Net;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Tcp;

/// <summary>Settings of a socket that devices and programs write lines to.</summary>
internal sealed class TcpOptions : SourceOptions, IValidatableObject
{
    private const string Allowed = "must be an address of this computer and a port, such as 127.0.0.1:8094, [::1]:8094 or localhost:8094";

    /// <summary>The address and port to listen on. No default port: it must be one that the devices know.</summary>
    [Required(ErrorMessage = Allowed)]
    public string Listen { get; set; } = "";

    /// <summary>What the lines are. InfluxDB line protocol by default: what most that writes to a plain socket speaks.</summary>
    public TcpFormat Format { get; set; }

    /// <summary>The unit of timestamps in line protocol. Nanoseconds by default, as the protocol has it.</summary>
    public TimePrecision Precision { get; set; } = TimePrecision.Nanoseconds;

    /// <summary>How the id of a sensor is made of a line of line protocol; as for HTTP.</summary>
    public string Sensor { get; set; } = LineTemplate.Default;

    /// <summary>
    /// Whether the server says how many lines are stored, as <c>ACK n</c>. False by default: what only writes would have
    /// the answers pile up.
    /// </summary>
    public bool Ack { get; set; }

    /// <summary>How many may be connected at once. 100 by default: a machine hall, and some megabytes at most.</summary>
    [Range(1, 10_000, ErrorMessage = "must be from 1 to 10000")]
    public int Connections { get; set; } = 100;

    /// <summary>Where to listen; null where <see cref="Listen"/> says nothing that can be understood.</summary>
    public IPEndPoint? Endpoint
    {
        get
        {
            const string localhost = "localhost:";
            var text = Listen.StartsWith(localhost, StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1:{Listen[localhost.Length..]}" : Listen;
            return IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0 ? endpoint : null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is null)
        {
            yield return new ValidationResult(Allowed, [nameof(Listen)]);
        }

        if (LineTemplate.TryParse(Sensor, out _) is { } problem)
        {
            yield return new ValidationResult(problem, [nameof(Sensor)]);
        }
    }
}
