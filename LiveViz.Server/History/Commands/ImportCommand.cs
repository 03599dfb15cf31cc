using System.CommandLine;
using LiveViz.Server.History.Transfer;
using LiveViz.Server.Sources.CsvReplay;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveViz.Server.History.Commands;

/// <summary>Reads a CSV file, or all of a folder, into history. Not while a server runs on the store: that one does it over HTTP.</summary>
internal sealed class ImportCommand : HistoryCommand
{
    private static readonly string[] Endings = [".csv", ".tsv"];

    private readonly Argument<string> _path = new("path") { Description = "A CSV file, or a folder of .csv and .tsv files." };
    private readonly Option<string> _source = new("--source") { Description = "The source of sensors that are not known yet.", DefaultValueFactory = _ => CsvImport.DefaultSource };
    private readonly Option<string?> _timestampColumn = new("--timestamp-column") { Description = "The column that holds the time; recognised where it is not given." };
    private readonly Option<string> _prefix = new("--prefix") { Description = "Put before each sensor's id.", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _group = new("--group") { Description = "The group of sensors that are not known yet; the source's name where it is not given." };
    private readonly Option<string[]> _ignore = new("--ignore") { Description = $"A column of a wide file that is no sensor; may be given several times, in place of {string.Join(", ", CsvReplayOptions.DefaultIgnore)}." };

    /// <summary>Makes the command.</summary>
    public ImportCommand()
        : base("import", "Stores recordings as history: CSV, a column per sensor or a row per sample.")
    {
        Arguments.Add(_path);
        Options.Add(_source);
        Options.Add(_timestampColumn);
        Options.Add(_prefix);
        Options.Add(_group);
        Options.Add(_ignore);
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, HistorySettings settings, HistoryStore store, CancellationToken cancellationToken)
    {
        var files = Files(arguments.GetRequiredValue(_path));
        var time = TimeProvider.System;
        var log = new SensorLog(Microsoft.Extensions.Options.Options.Create(new LiveVizOptions()), time);
        var logger = NullLogger<Historian>.Instance;
        using var historian = new Historian(new ArchiveWriter(store, log, time, TimeSpan.Zero, settings.NewRetention(time, logger)), time, logger);
        await historian.StartAsync(CancellationToken.None);
        if (historian.Status is { State: HistoryState.Failing } status)
        {
            throw new HistoryException(
                // Where a server listens it was told itself, maybe on its own command line.
                $"{status.Reason}. A server that runs takes it over HTTP, at its own address: curl -H \"Content-Type: text/csv\" --data-binary @file.csv ADDRESS/api/v1/import");
        }

        var summary = new ImportSummary();
        var progress = new ImportProgress(summary, files.Sum(file => file.Length), Console.Error, !Console.IsErrorRedirected, time);
        var source = arguments.GetRequiredValue(_source);
        var import = new CsvImport(batch => historian.ImportAsync(batch, CancellationToken.None), time, source, settings, summary);
        try
        {
            foreach (var file in files)
            {
                await ReadAsync(file, import, Reading(arguments, file), summary, progress, cancellationToken);
            }

            await import.FinishAsync();
        }
        catch (Exception e) when (e is HistoryException || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            summary.Failure = e is HistoryException ? e.Message : "interrupted";
        }

        await import.EndAsync();
        await historian.StopAsync(CancellationToken.None);
        progress.End();
        await ImportReport.WriteAsync(summary, Console.Out);
        return cancellationToken.IsCancellationRequested ? HistoryCommands.Interrupted
            : summary.Completed && summary.Files == files.Count && summary.HasSamples ? 0
            : 1;
    }

    private static async Task ReadAsync(
        FileInfo file, CsvImport import, CsvReplayOptions options, ImportSummary summary, ImportProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            // Another program may go on writing to it.
            var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
            progress.Begin(file, stream);
            await import.ReadAsync(stream, options, progress.Show, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // The others may be in order.
            summary.Keep(new ImportRejection(file.Name, null, e.Message));
        }
    }

    private CsvReplayOptions Reading(ParseResult arguments, FileInfo file) => new()
    {
        Path = file.Name,
        TimestampColumn = arguments.GetValue(_timestampColumn),
        Prefix = arguments.GetValue(_prefix)!,
        Group = arguments.GetValue(_group),
        Ignore = arguments.GetValue(_ignore) is { Length: > 0 } ignore ? ignore : null,
    };

    private static List<FileInfo> Files(string path)
    {
        if (File.Exists(path))
        {
            return [new FileInfo(path)];
        }

        if (!Directory.Exists(path))
        {
            throw new HistoryException($"there is no file or folder {path} (looked for {Path.GetFullPath(path)})");
        }

        var files = new DirectoryInfo(path).GetFiles()
            .Where(file => Endings.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new HistoryException($"there is no file in {path} whose name ends in {string.Join(" or ", Endings)}");
    }
}
