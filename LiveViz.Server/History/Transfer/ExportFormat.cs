namespace LiveViz.Server.History.Transfer;

/// <summary>Forms of an export.</summary>
internal enum ExportFormat
{
    /// <summary>CSV, a row for each sample.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,
}
