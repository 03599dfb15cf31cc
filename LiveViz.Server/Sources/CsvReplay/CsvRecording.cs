using LiveViz.Server.Sources.Payloads;
using nietras.SeparatedValues;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>One pass through a file, row by row; never more of it in memory than a few lines.</summary>
internal sealed class CsvRecording : IDisposable
{
    private readonly SepReader _reader;
    private readonly CsvForm _form;
    private readonly int _cells;
    private readonly List<DataPoint> _points = [];

    private CsvRecording(LineGuard lines, string firstLine, CsvReplayOptions options, ReplayedSensors sensors)
    {
        var delimiter = CsvHeader.DelimiterOf(firstLine);
        _reader = Sep.New(delimiter).Reader(with => with with
        {
            // A header of Sep's would refuse names that occur twice, also where they do not matter, and its check
            // of the number of cells would end the pass at the first row that is off.
            HasHeader = false,
            DisableColCountCheck = true,
            Unescape = true,
        }).From(lines);
        string[] names;
        do
        {
            _reader.MoveNext();
            var row = _reader.Current;
            names = new string[row.ColCount];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = row[i].ToString().Replace(LineGuard.Unclosed, '"').Trim();
            }
        }
        while (names is [""]);
        _cells = names.Length;
        _form = new CsvHeader(names, options).Recognise(sensors, new CsvNumbers(commaIsFree: delimiter != ','));
    }

    /// <summary>The line the row stands on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The row's time, UTC; of no meaning where there are no <see cref="Points"/>.</summary>
    public DateTime Time { get; private set; }

    /// <summary>Why the row, or a cell of it, cannot be read; null where all of it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The row's samples, as far as it can be read, in the order of the columns; valid until the next <see cref="Read"/>.</summary>
    public IReadOnlyList<DataPoint> Points => _points;

    /// <summary>Opens the file and reads its header; another program may go on writing to it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It has no header that can be made sense of.</exception>
    public static CsvRecording Open(CsvReplayOptions options, ReplayedSensors sensors)
    {
        var path = Path.GetFullPath(options.Path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no file {options.Path} (looked for {path}); set Path to a CSV file, absolute or relative to the current directory.");
        }

        return Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan), options, sensors);
    }

    /// <summary>Reads the header of what comes over a stream, which is disposed with this; <see cref="CsvReplayOptions.Path"/> is only its name.</summary>
    /// <exception cref="InvalidDataException">It has no header that can be made sense of.</exception>
    public static CsvRecording Open(Stream stream, CsvReplayOptions options, ReplayedSensors sensors)
    {
        var lines = new LineGuard(new StreamReader(stream));
        try
        {
            var firstLine = lines.PeekFirstLine() ?? throw new InvalidDataException(
                $"The file {options.Path} is empty or begins with nothing but blank lines; it needs a line with the columns' names, then the data.");
            return new CsvRecording(lines, firstLine, options, sensors);
        }
        catch
        {
            lines.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row that is not blank; false at the end of the file.</summary>
    public bool Read()
    {
        while (_reader.MoveNext())
        {
            var row = _reader.Current;
            if (row.ColCount == 1 && row.Span.IsWhiteSpace())
            {
                continue;
            }

            _points.Clear();
            Line = row.LineNumberFrom;
            Problem = ReadRow(row);
            return true;
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();

    private string? ReadRow(SepReader.Row row)
    {
        if (row.Span.Contains(LineGuard.Unclosed))
        {
            return "a quote is not closed";
        }

        if (row.Span.Contains(LineGuard.TooLong))
        {
            return $"it has more than {LineGuard.LongestLine} characters";
        }

        if (row.ColCount != _cells)
        {
            return $"it has {Counted.Of(row.ColCount, "cell")} where the header has {_cells}";
        }

        var cell = row[_form.TimeColumn].Span;
        if (!SampleTime.TryParse(cell, out var time))
        {
            return cell.IsWhiteSpace()
                ? "it has no time"
                : $"the time {ShownText.Quoted(cell)} is neither ISO 8601 nor a number of seconds, ms, µs or ns since 1970";
        }

        Time = time;
        return _form.Read(row, time, _points);
    }
}
