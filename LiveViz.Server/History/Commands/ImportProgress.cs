using LiveViz.Server.History.Transfer;

namespace LiveViz.Server.History.Commands;

/// <summary>Says how far an import is: on a terminal in one line that is written anew, else seldom in a line of its own.</summary>
/// <param name="summary">What was done so far.</param>
/// <param name="bytes">How many there are in all files.</param>
/// <param name="output">Where it is said.</param>
/// <param name="isTerminal">Whether that is a terminal.</param>
/// <param name="time">The clock.</param>
internal sealed class ImportProgress(ImportSummary summary, long bytes, TextWriter output, bool isTerminal, TimeProvider time)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    private readonly long _started = time.GetTimestamp();
    private long _shown = time.GetTimestamp();
    private string _file = "";
    private FileStream? _stream;
    private long _before;
    private long _length;
    private int _width;

    /// <summary>A file is read; those before are, as far as they can be.</summary>
    public void Begin(FileInfo file, FileStream stream)
    {
        _before += _length;
        _length = file.Length;
        _file = file.Name;
        _stream = stream;
    }

    /// <summary>Says it, where it is time to.</summary>
    public void Show()
    {
        if (time.GetElapsedTime(_shown) < (isTerminal ? Often : Seldom))
        {
            return;
        }

        _shown = time.GetTimestamp();
        var done = _before + (_stream?.Position ?? 0);
        var rate = summary.Rows / time.GetElapsedTime(_started).TotalSeconds;
        Write($"{_file}: {Math.Min(100, 100.0 * done / Math.Max(1, bytes)):0} % of all, {Counted.Of(summary.Rows, "row")}, {rate:N0} rows/s");
    }

    /// <summary>Leaves the line.</summary>
    public void End()
    {
        if (isTerminal && _width > 0)
        {
            output.Write($"\r{new string(' ', _width)}\r");
        }
    }

    private void Write(string text)
    {
        if (!isTerminal)
        {
            output.WriteLine(text);
            return;
        }

        output.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }
}
