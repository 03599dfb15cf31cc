using System.Buffers;

namespace LiveViz.Server.Sources.Push;

/// <summary>
/// Takes apart what comes in pieces of any length into texts that are read one by one, each no longer than
/// <see cref="LongestText"/>, which bounds the memory that a sender can make it take.
/// </summary>
internal abstract class TextSplitter
{
    /// <summary>The longest text, in bytes: a line of line protocol with a thousand fields.</summary>
    public const int LongestText = 64 * 1024;

    private byte[] _scratch = [];
    private bool _hasBegun;

    // As some programs begin what they write in UTF-8.
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>Which text was taken last, counted from 1.</summary>
    public long Number { get; protected set; }

    /// <summary>Takes the next text off what has come.</summary>
    /// <param name="buffer">What has come; shortened by what was taken.</param>
    /// <param name="isFinal">Whether that is all there will be.</param>
    /// <param name="text">The text; valid until the next is taken.</param>
    /// <param name="problem">Null, or why there is no text to be read in its place.</param>
    /// <returns>False where the rest of the next text has yet to come, or there is none.</returns>
    public bool TryTake(ref ReadOnlySequence<byte> buffer, bool isFinal, out ReadOnlySpan<byte> text, out string? problem)
    {
        if (!_hasBegun && !TryBegin(ref buffer, isFinal))
        {
            text = default;
            problem = null;
            return false;
        }

        return TryTakeNext(ref buffer, isFinal, out text, out problem);
    }

    /// <inheritdoc cref="TryTake"/>
    protected abstract bool TryTakeNext(ref ReadOnlySequence<byte> buffer, bool isFinal, out ReadOnlySpan<byte> text, out string? problem);

    /// <summary>The bytes as one piece.</summary>
    protected ReadOnlySpan<byte> Whole(ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            return bytes.FirstSpan;
        }

        var length = (int)bytes.Length;
        if (_scratch.Length < length)
        {
            _scratch = new byte[Math.Max(length, Math.Min(LongestText, _scratch.Length * 2))];
        }

        bytes.CopyTo(_scratch);
        return _scratch.AsSpan(0, length);
    }

    // False where what has come may yet become a byte order mark.
    private bool TryBegin(ref ReadOnlySequence<byte> buffer, bool isFinal)
    {
        var most = (int)Math.Min(buffer.Length, Bom.Length);
        var isSame = new SequenceReader<byte>(buffer).IsNext(Bom[..most]);
        if (isSame && most < Bom.Length && !isFinal)
        {
            return false;
        }

        _hasBegun = true;
        buffer = isSame && most == Bom.Length ? buffer.Slice(most) : buffer;
        return true;
    }
}
