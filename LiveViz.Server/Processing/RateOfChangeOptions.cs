using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Processing;

/// <summary>A new sensor: how fast the value of another changes.</summary>
internal sealed class RateOfChangeOptions
{
    /// <summary>Over how long, up to each sample.</summary>
    [Required(ErrorMessage = "is missing; write a time such as 00:00:10")]
    [Range(typeof(TimeSpan), "00:00:00.001", "7.00:00:00", ErrorMessage = "must be from 00:00:00.001 to 7.00:00:00")]
    public TimeSpan? Over { get; set; }

    /// <summary>In what time the change is told.</summary>
    public RateUnit Per { get; set; } = RateUnit.Second;

    /// <summary>The id of the new sensor; {id} stands for that of the other.</summary>
    public string Sensor { get; set; } = SensorSettings.IdPlace + ".rate";
}
