namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>
/// Stands between a file and the CSV parser so that one bad line stays one bad line. A quote that is not closed
/// would make the parser take all that follows for one cell, so in such a line each quote is handed on as
/// <see cref="Unclosed"/>, and the content of a line beyond <see cref="LongestLine"/> as one <see cref="TooLong"/>.
/// Line ends are left as they are, so line numbers stay true. It follows that a cell cannot hold a line break.
/// </summary>
/// <param name="inner">The file's text; disposed with this.</param>
internal sealed class LineGuard(TextReader inner) : TextReader
{
    /// <summary>Stands for a quote in a line whose quotes are not balanced. Unicode keeps it free of any meaning.</summary>
    public const char Unclosed = '\uFFFF';

    /// <summary>Stands for the content of a line that was too long.</summary>
    public const char TooLong = '\uFFFE';

    /// <summary>The most characters a line may have: 50,000 cells of 20, and no more memory than that for a file without line ends.</summary>
    public const int LongestLine = 1 << 20;

    private char[] _buffer = new char[1 << 16];
    private int _start; // of what is still to be handed out
    private int _checked; // end of the whole lines among it
    private int _filled; // end of what has been read
    private bool _skipping; // within a line that is too long
    private bool _ended;

    /// <summary>
    /// Looks at the first line that is not blank without taking it; null if there is none within the first
    /// <see cref="LongestLine"/> characters.
    /// </summary>
    public string? PeekFirstLine()
    {
        // Blank lines before it are handed out with it, for the line numbers.
        while (true)
        {
            var text = _buffer.AsSpan(_start, _checked - _start);
            var line = text.TrimStart();
            if (line.Length > 0)
            {
                var end = line.IndexOfAny('\r', '\n');
                return new string(end < 0 ? line : line[..end]);
            }

            if (_ended || text.Length > LongestLine)
            {
                return null;
            }

            Fill();
        }
    }

    /// <inheritdoc />
    public override int Read(Span<char> buffer)
    {
        while (_start == _checked && !_ended)
        {
            Fill();
        }

        var count = Math.Min(buffer.Length, _checked - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    /// <inheritdoc />
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc />
    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    /// <inheritdoc />
    public override int Peek() => throw new NotSupportedException("The CSV parser reads in blocks.");

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        MakeRoom();
        var read = inner.Read(_buffer.AsSpan(_filled));
        _ended = read == 0;
        _filled += read;
        if (_skipping && !_ended)
        {
            Skip();
        }

        CheckLines();
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        _checked -= _start;
        _filled -= _start;
        _start = 0;
        if (_filled < _buffer.Length)
        {
            return;
        }

        if (_buffer.Length < LongestLine || _checked > 0)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
            return;
        }

        _buffer[0] = TooLong;
        _filled = 1;
        _skipping = true;
    }

    // Drops what was read of the line that is too long, up to its end.
    private void Skip()
    {
        var rest = _buffer.AsSpan(1, _filled - 1);
        var end = rest.IndexOfAny('\r', '\n');
        if (end < 0)
        {
            _filled = 1;
            return;
        }

        rest[end..].CopyTo(rest);
        _filled -= end;
        _skipping = false;
    }

    private void CheckLines()
    {
        while (_checked < _filled)
        {
            var rest = _buffer.AsSpan(_checked, _filled - _checked);
            var end = rest.IndexOfAny('\r', '\n');
            if (end < 0 && !_ended)
            {
                return;
            }

            var line = end < 0 ? rest : rest[..end];
            if (line.Count('"') % 2 != 0)
            {
                line.Replace('"', Unclosed);
            }

            _checked += end < 0 ? rest.Length : end + 1;
        }
    }
}
