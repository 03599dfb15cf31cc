using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server;

/// <summary>The section <c>LiveViz</c> of the configuration, besides its sources.</summary>
public sealed class LiveVizOptions : IValidatableObject
{
    /// <summary>
    /// The least silence after which a sensor counts as stale; a slow sensor is given five of its usual
    /// intervals. 5 s by default: long enough for a broker to reconnect, short enough to be noticed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage = "must be from 00:00:00.1 to 1.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Memory for the newest samples of all sensors together, in MiB; a sample takes 17 bytes. 256 by default:
    /// 15 million samples, nine hours of the simulated factory.
    /// </summary>
    [Range(1, 65536, ErrorMessage = "must be from 1 to 65536 (MiB)")]
    public int LogMegabytes { get; set; } = 256;

    /// <summary>
    /// The address at which the server reaches itself, for the dashboard's connection to the hub. Empty by
    /// default: one of those it listens on, http and loopback first. To be set where it cannot reach itself
    /// there, as behind a certificate it does not trust.
    /// </summary>
    [RegularExpression("https?://.+", ErrorMessage = "must be an address such as http://localhost:5000")]
    public string? OwnAddress { get; set; }

    /// <summary>
    /// The folder for what the server keeps. By default <c>LiveViz</c> among the user's application data, such as
    /// <c>~/.local/share/LiveViz</c>.
    /// </summary>
    [Required(ErrorMessage = "must name a folder that the server may write to")]
    public string DataPath { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "LiveViz");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (File.Exists(DataPath))
        {
            yield return new ValidationResult("is a file; it must name a folder that the server may write to", [nameof(DataPath)]);
        }
    }
}
