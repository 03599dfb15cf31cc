using System.Text.Unicode;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Server.Sources.LineProtocol;

/// <summary>
/// Reads InfluxDB line protocol: <c>measurement,tag=value field=value,field=value timestamp</c>. Each field that is a
/// number or a boolean is a sample of a sensor of its own; texts are counted and passed over.
/// </summary>
internal sealed class LineProtocolReader(LineIds ids, TimePrecision precision) : IPointReader
{
    private const byte Space = (byte)' ';

    /// <inheritdoc/>
    public string? Read(ReadOnlySpan<byte> text, DateTime now, PointBatch into)
    {
        var line = text.TrimStart(" \t\0"u8).TrimEnd((byte)'\r');
        if (line.IsEmpty || line[0] == '#')
        {
            return null;
        }

        var before = into.Count;
        var problem = ReadLine(line, now, into);
        if (problem is not null)
        {
            into.Truncate(before);
        }

        return problem;
    }

    private string? ReadLine(ReadOnlySpan<byte> line, DateTime now, PointBatch into)
    {
        var end = LineTokens.Find(line, " "u8);
        if (ids.Find(end < 0 ? line : line[..end], out var series) is { } problem)
        {
            return problem;
        }

        var rest = end < 0 ? default : line[end..].TrimStart(Space);
        if (rest.IsEmpty)
        {
            return "missing fields";
        }

        var first = into.Count;
        do
        {
            problem = ReadField(ref rest, series!, into);
            if (problem is not null)
            {
                return problem;
            }
        }
        while (Take(ref rest, (byte)','));

        var time = rest.Trim(Space);
        if (time.IsEmpty)
        {
            into.Stamp(first, now);
            return null;
        }

        problem = LineTime.Read(time, precision, out var stamp);
        into.Stamp(first, stamp);
        return problem;
    }

    /// <summary>Takes a field off the beginning of what is left of a line: what follows it is a comma, a space or nothing.</summary>
    private string? ReadField(ref ReadOnlySpan<byte> rest, LineSeries series, PointBatch into)
    {
        var equals = LineTokens.Find(rest, "=, "u8);
        if (equals == 0)
        {
            return "missing field key";
        }

        if (equals < 0 || rest[equals] != '=' || equals == rest.Length - 1)
        {
            return "missing field value";
        }

        var key = rest[..equals];
        rest = rest[(equals + 1)..];
        if (rest[0] == '"')
        {
            into.Texts++;
            return SkipText(ref rest);
        }

        var end = rest.IndexOfAny((byte)',', Space);
        var text = end < 0 ? rest : rest[..end];
        rest = rest[text.Length..];
        if (text.IsEmpty)
        {
            return "missing field value";
        }

        if (LineNumber.Read(text, out var value) is { } problem)
        {
            return problem;
        }

        var id = series.Find(key);
        if (id is null)
        {
            if (!Utf8.IsValid(key))
            {
                return "not UTF-8: a field's key";
            }

            id = ids.Id(series, key);
        }

        into.Add(new DataPoint(id, default, value));
        return null;
    }

    private static string? SkipText(ref ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return rest.IsEmpty || rest[0] is (byte)',' or Space ? null : "invalid field format: a comma or a space is expected after a text";
            }
        }

        return "unbalanced quotes";
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, byte expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }
}
