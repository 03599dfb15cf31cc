using System.ComponentModel.DataAnnotations;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Settings of a source that asks a database again and again for what is new.</summary>
internal sealed class SqlOptions : SourceOptions, IValidatableObject
{
    /// <summary>Stands for the highest mark read so far in the query.</summary>
    public const string Since = "@since";

    /// <summary>Which database it is. No default: there is nothing to guess.</summary>
    [Required(ErrorMessage = "must be one of Postgres, Sqlite")]
    public SqlProvider? Provider { get; set; }

    /// <summary>How to reach it, as its .NET driver wants it: "Host=db;Username=me;Password=…;Database=plant", "Data Source=plant.db".</summary>
    [Required(ErrorMessage = "must say how to reach the database, such as Host=localhost;Database=plant or Data Source=plant.db")]
    public string ConnectionString { get; set; } = "";

    /// <summary>One SELECT for the rows whose mark is greater than @since, in the order of the mark.</summary>
    [Required(ErrorMessage = "must be a SELECT such as: SELECT id, ts, sensor, value FROM readings WHERE id > @since ORDER BY id")]
    [RegularExpression(@"(?s)(?i).*@since\b.*", ErrorMessage = "must have @since in it, as in: WHERE id > @since ORDER BY id")]
    public string Query { get; set; } = "";

    /// <summary>The column by which new rows are known: a number or a time that only grows.</summary>
    [Required(ErrorMessage = "must name the column by which new rows are known, such as id")]
    public string Mark { get; set; } = "";

    /// <summary>How long to wait when there is nothing new. 1 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00", ErrorMessage = "must be from 00:00:00.1 to 1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where to begin the first time: Beginning, Now, or a mark, which is then the last not to be read. Default Beginning.
    /// </summary>
    public string Start { get; set; } = "Beginning";

    /// <summary>How many rows are read at once; more are read at once again. 1000 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "must be from 1 to 100000")]
    public int Rows { get; set; } = 1000;

    /// <summary>How long the database may take for one answer. 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "must be from 00:00:01 to 01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The column of the time. Default "ts".</summary>
    public string TimeColumn { get; set; } = "ts";

    /// <summary>What a time that is a number counts. Default: recognised by its size.</summary>
    public TimeUnit TimeUnit { get; set; } = TimeUnit.Auto;

    /// <summary>The column of the sensor's name, where each row is a sample. Default "sensor".</summary>
    public string SensorColumn { get; set; } = "sensor";

    /// <summary>The column of the value, where each row is a sample. Default "value".</summary>
    public string ValueColumn { get; set; } = "value";

    /// <summary>The column of the quality; where there is none, all is Good. Default "quality".</summary>
    public string QualityColumn { get; set; } = "quality";

    /// <summary>Put before each sensor's id. Default none.</summary>
    [StringLength(200, ErrorMessage = "must have no more than 200 characters, so that there is room for the sensor's id")]
    public string Prefix { get; set; } = "";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SqlDatabase.ProblemOf(Provider!.Value, ConnectionString) is { } problem)
        {
            // Not the value: it may hold a password.
            yield return new($"{nameof(ConnectionString)} {problem}");
        }

        if (!SqlStart.IsKnown(Start))
        {
            yield return new("must be Beginning, Now, a number, or a time such as 2026-01-02T03:04:05Z", [nameof(Start)]);
        }
    }
}
