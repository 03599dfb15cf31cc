using System.ComponentModel.DataAnnotations;
using System.IO.Enumeration;

namespace LiveViz.Server.History;

/// <summary>How long the history of some sensors is kept: an entry of <c>LiveViz:History:Retention:Sensors</c>. The first that fits a sensor counts.</summary>
public sealed class SensorRetentionOptions : RetentionOptions
{
    /// <summary>The sensor's id, or a pattern in which * stands for any characters.</summary>
    [Required]
    public string Sensor { get; set; } = "";

    /// <summary>Whether it is for a sensor.</summary>
    internal bool Fits(string sensorId) => FileSystemName.MatchesSimpleExpression(Sensor.Replace("\\", "\\\\", StringComparison.Ordinal), sensorId, ignoreCase: false);
}
