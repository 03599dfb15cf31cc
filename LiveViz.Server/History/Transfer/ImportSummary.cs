using System.Text.Json.Serialization;

namespace LiveViz.Server.History.Transfer;

/// <summary>What an import did.</summary>
internal sealed class ImportSummary
{
    private const int MostReasons = 10;

    private readonly HashSet<string> _sensors = new(StringComparer.Ordinal);
    private readonly List<ImportRejection> _reasons = [];

    /// <summary>How many files were read to their end.</summary>
    public int Files { get; set; }

    /// <summary>How many sensors had samples in them.</summary>
    public int Sensors => _sensors.Count;

    /// <summary>How many rows were read, those counted in that were rejected.</summary>
    public long Rows { get; set; }

    /// <summary>How many samples were stored at times of which nothing was stored.</summary>
    public long Added => Count.Added;

    /// <summary>How many took the place of another value or quality of the same time.</summary>
    public long Replaced => Count.Replaced;

    /// <summary>How many had been stored before, as they are.</summary>
    public long Unchanged => Count.Unchanged;

    /// <summary>How many rows were rejected, in whole or in part.</summary>
    public long Rejected { get; private set; }

    /// <summary>The first of them, and files that could not be read.</summary>
    public IReadOnlyList<ImportRejection> Reasons => _reasons;

    /// <summary>The earliest time of all samples; null where there were none.</summary>
    public DateTime? From { get; private set; }

    /// <summary>The latest time.</summary>
    public DateTime? To { get; private set; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; set; }

    /// <summary>Whether it went to the end.</summary>
    public bool Completed { get; set; }

    /// <summary>What else is to be known; null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>Why it did not; null where it did.</summary>
    [JsonIgnore]
    public string? Failure { get; set; }

    /// <summary>Whether a single sample of it is stored.</summary>
    [JsonIgnore]
    public bool HasSamples => Added + Replaced + Unchanged > 0;

    /// <summary>What became of the samples.</summary>
    [JsonIgnore]
    public ImportCount Count { get; set; }

    /// <summary>Counts a row that was not, or not wholly, taken.</summary>
    public void Reject(string file, int line, string reason)
    {
        Rejected++;
        Keep(new ImportRejection(file, line, reason));
    }

    /// <summary>Keeps a reason, where there are not many yet.</summary>
    public void Keep(ImportRejection reason)
    {
        if (_reasons.Count < MostReasons)
        {
            _reasons.Add(reason);
        }
    }

    /// <summary>Counts a sensor.</summary>
    public void Met(string sensorId) => _sensors.Add(sensorId);

    /// <summary>Counts a row's time.</summary>
    public void Met(DateTime time)
    {
        From = From is { } from && from <= time ? from : time;
        To = To is { } to && to >= time ? to : time;
    }
}
