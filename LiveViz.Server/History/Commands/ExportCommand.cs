using System.CommandLine;
using System.IO.Pipelines;
using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Commands;

/// <summary>Writes samples to a file, also while a server runs on the store.</summary>
internal sealed class ExportCommand : HistoryCommand
{
    private readonly Option<string[]> _sensors = new("--sensors") { Description = "Ids of sensors, separated by commas; all where it is not given." };
    private readonly Option<string?> _from = new("--from") { Description = $"From when on: {TimeText.Forms}. An hour before --to where it is not given." };
    private readonly Option<string?> _to = new("--to") { Description = "Before when; now where it is not given." };
    private readonly Option<ExportFormat?> _format = new("--format") { Description = "Parquet where the file's name ends in .parquet, else CSV." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file; - for the standard output.", Required = true };

    /// <summary>Makes the command.</summary>
    public ExportCommand()
        : base("export", "Writes samples to a CSV or Parquet file, also while a server runs.")
    {
        Options.Add(_sensors);
        Options.Add(_from);
        Options.Add(_to);
        Options.Add(_format);
        Options.Add(_output);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, HistorySettings settings, HistoryStore store, CancellationToken cancellationToken)
    {
        if (TimeRange.TryParse(arguments.GetValue(_from), arguments.GetValue(_to), TimeProvider.System.GetUtcNow().UtcTicks, out var range) is { } problem)
        {
            throw new HistoryException(problem);
        }

        var output = arguments.GetRequiredValue(_output);
        var format = arguments.GetValue(_format) ?? (output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? ExportFormat.Parquet : ExportFormat.Csv);
        var stored = new StoredSamples(store);
        var ids = arguments.GetValue(_sensors) is { Length: > 0 } given ? SensorIds.Split(given, stored.Knows) : [.. stored.SensorIds];
        if (ids.Find(id => !stored.Knows(id)) is { } unknown)
        {
            throw new HistoryException($"there is no sensor \"{unknown}\" in {store.Name}");
        }

        var count = await WriteAsync(stored, ids, range, format, output, cancellationToken);
        await Console.Error.WriteLineAsync($"{Counted.Of(count, "sample")} of {Counted.Of(ids.Count, "sensor")} written to {output}.");
        return 0;
    }

    private static async Task<long> WriteAsync(
        StoredSamples stored, List<string> ids, TimeRange range, ExportFormat format, string output, CancellationToken cancellationToken)
    {
        if (output == "-")
        {
            await using var console = Console.OpenStandardOutput();
            return await WriteAsync(stored, ids, range, format, console, cancellationToken);
        }

        // What bears the name is whole.
        var part = output + ".part";
        try
        {
            long count;
            await using (var file = File.Create(part))
            {
                count = await WriteAsync(stored, ids, range, format, file, cancellationToken);
            }

            File.Move(part, output, overwrite: true);
            return count;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task<long> WriteAsync(
        StoredSamples stored, List<string> ids, TimeRange range, ExportFormat format, Stream output, CancellationToken cancellationToken)
    {
        await using ISampleExport export = format == ExportFormat.Csv
            ? new CsvExport(PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true)))
            : await ParquetExport.CreateAsync(output, cancellationToken);
        return await Exporter.WriteAsync(stored.ReadAsync, ids, range, export, cancellationToken);
    }
}
