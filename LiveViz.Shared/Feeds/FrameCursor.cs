using System.Buffers.Binary;
using System.Text;

namespace LiveViz.Feeds;

/// <summary>Reads numbers from the bytes of a frame. What is not there throws.</summary>
internal ref struct FrameCursor(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public byte Byte() => Take(1)[0];

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public long VarUInt()
    {
        long value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new OverflowException("A number is longer than 64 bits.");
    }

    public long VarInt()
    {
        var zigzag = (ulong)VarUInt();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    /// <summary>A number of things that follow, each of a byte or more: never more than there are bytes.</summary>
    public int Count() => Count(_rest.Length);

    /// <summary>A number of things of which there can be no more than <paramref name="most"/>.</summary>
    public int Count(int most)
    {
        var count = VarUInt();
        return count >= 0 && count <= most ? (int)count : throw new OverflowException("A count is out of bounds.");
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count()));
}
