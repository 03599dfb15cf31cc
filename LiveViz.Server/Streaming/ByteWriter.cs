using System.Buffers.Binary;

namespace LiveViz.Server.Streaming;

/// <summary>Writes numbers as bytes, into memory that grows and is used again.</summary>
internal sealed class ByteWriter
{
    private const int LongestVarInt = 10;

    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>How many bytes were written.</summary>
    public int Length => _length;

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Room(1)[0] = value;
        _length++;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        _length += sizeof(long);
    }

    /// <summary>A number that is usually near 0, of either sign.</summary>
    public void VarInt(long value) => VarUInt((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A number that is usually small.</summary>
    public void VarUInt(ulong value)
    {
        var room = Room(LongestVarInt);
        var length = 0;
        while (value >= 0x80)
        {
            room[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[length++] = (byte)value;
        _length += length;
    }

    /// <summary>How many bytes a number takes as <see cref="VarInt"/>.</summary>
    public static int VarIntLength(long value)
    {
        var bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)((value << 1) ^ (value >> 63)) | 1);
        return (bits + 6) / 7;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }

        return _bytes.AsSpan(_length);
    }
}
