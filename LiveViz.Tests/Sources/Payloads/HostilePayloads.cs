using System.Globalization;
using System.Text;

namespace LiveViz.Tests.Sources.Payloads;

/// <summary>Messages made to break a reader: good ones with bytes changed, cut, doubled and put into each other.</summary>
internal sealed class HostilePayloads(int seed)
{
    private static readonly byte[][] Seeds = [.. new[]
    {
        """{"value":21.5,"timestamp":"2026-01-02T03:04:05Z","quality":"Good","sensor":"a"}""",
        """[{"value":1,"timestamp":1767323045},{"value":-0,"timestamp":1767323045000000000},{"value":null}]""",
        """{"value":1e999,"timestamp":-1e28,"data":{"a":[1,{"b":2}],"":{"":3}},"x":"\ud800\udfff\u0000"}""",
        """{"value":"NaN","quality":"Bad","timestamp":0,"value":NaN,"big":9007199254740993,"i":-Infinity}""",
        "21.5",
        "-1e-400",
        "\ufeff{}",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Pieces = [.. new[]
    {
        "{", "}", "[", "]", "\"", "\\", ",", ":", "NaN", "-Infinity", "null", "1e999", "\\ud800", "9999-12-31T23:59:59.9999999Z", "\0", "é", "1e-999999999999",
    }.Select(Encoding.UTF8.GetBytes).Append([0xff]).Append([0xc3])];

    private readonly Random _random = new(seed);

    /// <summary>How many a run takes: 100,000, or as the environment says.</summary>
    public static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("LIVEVIZ_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 100_000;

    public byte[] Next()
    {
        var payload = new List<byte>(Any(Seeds));
        for (var changes = _random.Next(1, 6); changes > 0; changes--)
        {
            var at = _random.Next(payload.Count + 1);
            switch (_random.Next(5))
            {
                case 0:
                    payload.InsertRange(at, Any(Pieces));
                    break;
                case 1:
                    payload.RemoveRange(at, Math.Min(_random.Next(1, 9), payload.Count - at));
                    break;
                case 2:
                    payload.InsertRange(at, Any(Seeds));
                    break;
                case 3:
                    payload.InsertRange(at, Enumerable.Repeat(Any(Pieces), _random.Next(1, 90)).SelectMany(piece => piece));
                    break;
                default:
                    payload.Insert(at, (byte)_random.Next(256));
                    break;
            }
        }

        return [.. payload];
    }

    private T Any<T>(T[] all) => all[_random.Next(all.Length)];
}
