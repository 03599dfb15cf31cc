using System.Buffers;

namespace LiveViz.Server.Sources.Push;

/// <summary>Takes text apart at its line ends.</summary>
/// <param name="lastNeedsEnd">
/// Whether a last line without a line end is no line: where a connection can break off, "12" may have been meant as "123".
/// </param>
internal sealed class LineSplitter(bool lastNeedsEnd = false) : TextSplitter
{
    private bool _skipping;

    /// <inheritdoc/>
    protected override bool TryTakeNext(ref ReadOnlySequence<byte> buffer, bool isFinal, out ReadOnlySpan<byte> text, out string? problem)
    {
        text = default;
        problem = null;
        while (true)
        {
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (_skipping)
                {
                    _skipping = false;
                    continue;
                }

                return Take(line, ref text, ref problem);
            }

            var rest = buffer;
            if (_skipping || rest.Length > LongestText)
            {
                buffer = buffer.Slice(buffer.End);
                if (_skipping)
                {
                    return false;
                }

                // Of a line that is too long, what has come is dropped at once, and the rest as it comes.
                _skipping = true;
                return Take(rest, ref text, ref problem);
            }

            if (!isFinal || rest.IsEmpty)
            {
                return false;
            }

            buffer = buffer.Slice(buffer.End);
            var isWhole = Take(rest, ref text, ref problem);
            problem = lastNeedsEnd ? "the connection ended within it" : problem;
            return isWhole;
        }
    }

    private bool Take(ReadOnlySequence<byte> line, ref ReadOnlySpan<byte> text, ref string? problem)
    {
        Number++;
        if (line.Length > LongestText)
        {
            problem = $"it is longer than {LongestText} bytes";
        }
        else
        {
            text = Whole(line);
        }

        return true;
    }
}
