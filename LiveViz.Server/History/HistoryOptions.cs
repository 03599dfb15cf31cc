using System.ComponentModel.DataAnnotations;

namespace LiveViz.Server.History;

/// <summary>The section <c>LiveViz:History</c> of the configuration.</summary>
public sealed class HistoryOptions : IValidatableObject
{
    /// <summary>Where history is kept. Sqlite by default, which needs nothing installed.</summary>
    public HistoryStoreKind Store { get; set; } = HistoryStoreKind.Sqlite;

    /// <summary>The file of SQLite; <c>history.db</c> in <c>LiveViz:DataPath</c> by default.</summary>
    public string? Path { get; set; }

    /// <summary>How PostgreSQL is reached, such as <c>Host=localhost;Username=liveviz;Password=…;Database=liveviz</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How much of the past is read into memory when the server starts, so that charts open with it at once. 24 hours by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ErrorMessage = "must be from 00:00:00 to 365.00:00:00")]
    public TimeSpan ReadAhead { get; set; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Store == HistoryStoreKind.Postgres && string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new ValidationResult("is missing; Store is Postgres", [nameof(ConnectionString)]);
        }

        // Neither becomes right by being tried again, as what fails later is.
        if (Store == HistoryStoreKind.Sqlite && Path is not null && (string.IsNullOrWhiteSpace(Path) || Directory.Exists(Path)))
        {
            var problem = string.IsNullOrWhiteSpace(Path) ? "names no file" : "is a folder";
            yield return new ValidationResult($"{problem}; it must name a file, such as {System.IO.Path.Combine(Path.Trim(), "history.db")}", [nameof(Path)]);
        }
    }
}
