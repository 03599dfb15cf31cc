namespace LiveViz.FanOut.Load;

/// <summary>Bytes that came and were not read yet.</summary>
internal sealed class Carry
{
    private byte[] _bytes = new byte[4096];
    private int _count;

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, _count);

    public void Add(ReadOnlySpan<byte> part)
    {
        if (_count + part.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _count + part.Length));
        }

        part.CopyTo(_bytes.AsSpan(_count));
        _count += part.Length;
    }

    /// <summary>Forgets all but the last so many.</summary>
    public void Keep(int count)
    {
        _bytes.AsSpan(_count - count, count).CopyTo(_bytes);
        _count = count;
    }
}
