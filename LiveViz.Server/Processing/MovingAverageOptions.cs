using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.Processing;

/// <summary>A new sensor: the average of another over a time.</summary>
internal sealed class MovingAverageOptions
{
    /// <summary>Over how long, up to each sample.</summary>
    [Required(ErrorMessage = "is missing; write a time such as 00:01:00")]
    [Range(typeof(TimeSpan), "00:00:00.001", "7.00:00:00", ErrorMessage = "must be from 00:00:00.001 to 7.00:00:00")]
    public TimeSpan? Over { get; set; }

    /// <summary>The id of the new sensor; {id} stands for that of the other.</summary>
    public string Sensor { get; set; } = SensorSettings.IdPlace + ".avg";
}
