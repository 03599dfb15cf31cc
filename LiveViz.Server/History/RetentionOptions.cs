using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.History;

/// <summary>How long history is kept: the section <c>LiveViz:History:Retention</c>. A time such as <c>30.00:00:00</c>; 0 for ever.</summary>
public class RetentionOptions : IValidatableObject
{
    /// <summary>
    /// Every sample. 30 days by default. Of a sensor so slow that a rollup would hold no more than four samples, these
    /// are kept in its stead, for as long as it would be.
    /// </summary>
    public TimeSpan Samples { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Rollups of a second. 90 days by default.</summary>
    public TimeSpan Seconds { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Rollups of ten seconds. A year by default.</summary>
    public TimeSpan TenSeconds { get; set; } = TimeSpan.FromDays(366);

    /// <summary>Rollups of a minute. Five years by default.</summary>
    public TimeSpan Minutes { get; set; } = TimeSpan.FromDays(5 * 366);

    /// <summary>Rollups of an hour. For ever by default.</summary>
    public TimeSpan Hours { get; set; } = TimeSpan.Zero;

    /// <summary>How long what is of a level is kept; null for ever.</summary>
    internal TimeSpan? Of(int level)
    {
        var time = level switch { 0 => Samples, 1 => Seconds, 2 => TenSeconds, 3 => Minutes, _ => Hours };
        return time == TimeSpan.Zero ? null : time;
    }

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, TimeSpan Time)[] all =
            [(nameof(Samples), Samples), (nameof(Seconds), Seconds), (nameof(TenSeconds), TenSeconds), (nameof(Minutes), Minutes), (nameof(Hours), Hours)];
        foreach (var (name, time) in all)
        {
            if (time < TimeSpan.Zero || (time != TimeSpan.Zero && time < TimeSpan.FromHours(1)))
            {
                yield return new ValidationResult("must be at least 01:00:00, or 0 for ever", [name]);
            }
        }
    }
}
