using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Streaming;

namespace LiveViz.Server.Processing;

/// <summary>An entry of <c>LiveViz:Sensors</c>: what is said of the sensors it is for, and done to their samples.</summary>
internal sealed class SensorOptions : IValidatableObject
{
    private const string NotFinite = "must be a number from -1E+300 to 1E+300";

    /// <summary>The id of the sensor, or a pattern in which each * stands for any characters.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "is missing; write the id of a sensor, or a pattern such as pump-*")]
    public string Sensor { get; set; } = "";

    /// <summary>What people call it; for a pattern, the same for all it is for.</summary>
    public string? Name { get; set; }

    /// <summary>The unit of its values as they are shown.</summary>
    public string? Unit { get; set; }

    /// <summary>The area it is shown in.</summary>
    public string? Group { get; set; }

    /// <summary>What the instrument can measure.</summary>
    public BandOptions? Range { get; set; }

    /// <summary>Where its values lie when all is well.</summary>
    public BandOptions? Normal { get; set; }

    /// <summary>The smallest step worth showing.</summary>
    [Range(1e-300, 1e300, ErrorMessage = "must be a number above 0")]
    public double? Resolution { get; set; }

    /// <summary>After how long without a sample it counts as stale.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "365.00:00:00", ErrorMessage = "must be from 00:00:00.1 to 365.00:00:00")]
    public TimeSpan? StaleAfter { get; set; }

    /// <summary>What each value is multiplied by.</summary>
    [Range(-1e300, 1e300, ErrorMessage = NotFinite)]
    public double? Scale { get; set; }

    /// <summary>What is added to each value after it was multiplied.</summary>
    [Range(-1e300, 1e300, ErrorMessage = NotFinite)]
    public double? Offset { get; set; }

    /// <summary>Where a value ends: beyond, it is set to the end and uncertain. One end may be left open.</summary>
    public ClampOptions? Clamp { get; set; }

    /// <summary>By how much a value must change to be worth keeping.</summary>
    public DeadbandOptions? Deadband { get; set; }

    /// <summary>Whether what the instrument said is kept beside, as "{id}.raw", where it is changed. It is, unless false.</summary>
    public bool? KeepRaw { get; set; }

    /// <summary>A new sensor: the average over a time.</summary>
    public MovingAverageOptions? MovingAverage { get; set; }

    /// <summary>A new sensor: how fast the value changes.</summary>
    public RateOfChangeOptions? RateOfChange { get; set; }

    /// <summary>What the sensor is calculated from; then no source delivers it.</summary>
    public string? Formula { get; set; }

    /// <summary>The input at whose samples the formula is calculated; null for every input.</summary>
    public string? At { get; set; }

    /// <summary>Whether the entry is for more than one sensor.</summary>
    public bool IsPattern => Sensor.Contains('*', StringComparison.Ordinal);

    /// <summary>Whether what stands in the log may be other than what came.</summary>
    public bool ChangesSamples => Scale is not null || Offset is not null || Clamp is not null || Deadband is not null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Intake.IdProblem(Sensor) is { } problem)
        {
            yield return new ValidationResult($"{problem}", [nameof(Sensor)]);
        }

        if (Formula is not null && IsPattern)
        {
            yield return new ValidationResult("is for one sensor; Sensor must be its id, without *", [nameof(Formula)]);
        }

        if (Formula is null && At is not null)
        {
            yield return new ValidationResult("is only for a sensor with a Formula", [nameof(At)]);
        }

        if (Formula is not null && (Scale ?? Offset) is not null)
        {
            yield return new ValidationResult("is not for a sensor with a Formula; write it into the formula", [Scale is null ? nameof(Offset) : nameof(Scale)]);
        }

        foreach (var (key, id) in new[] { (nameof(MovingAverage), MovingAverage?.Sensor), (nameof(RateOfChange), RateOfChange?.Sensor) })
        {
            if (id is not null && IsPattern && !id.Contains(SensorSettings.IdPlace, StringComparison.Ordinal))
            {
                yield return new ValidationResult($"must hold {SensorSettings.IdPlace}, as it is for more than one sensor", [$"{key}:Sensor"]);
            }

            if (id is not null && (id.Contains('*', StringComparison.Ordinal) || Intake.IdProblem(id) is not null))
            {
                yield return new ValidationResult($"must be the id of a new sensor, such as {SensorSettings.IdPlace}.mean", [$"{key}:Sensor"]);
            }
        }
    }

    /// <summary>This and what a later entry says; where both say something, the later one.</summary>
    public SensorOptions With(SensorOptions later) => new()
    {
        Sensor = later.Sensor,
        Name = later.Name ?? Name,
        Unit = later.Unit ?? Unit,
        Group = later.Group ?? Group,
        Range = later.Range ?? Range,
        Normal = later.Normal ?? Normal,
        Resolution = later.Resolution ?? Resolution,
        StaleAfter = later.StaleAfter ?? StaleAfter,
        Scale = later.Scale ?? Scale,
        Offset = later.Offset ?? Offset,
        Clamp = later.Clamp ?? Clamp,
        Deadband = later.Deadband ?? Deadband,
        KeepRaw = later.KeepRaw ?? KeepRaw,
        MovingAverage = later.MovingAverage ?? MovingAverage,
        RateOfChange = later.RateOfChange ?? RateOfChange,
        Formula = later.Formula ?? Formula,
        At = later.At ?? At,
    };
}
