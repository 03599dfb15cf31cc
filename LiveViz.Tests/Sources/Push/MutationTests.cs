using System.Text;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Tests.Sources.Push;

/// <summary>Texts that were damaged at random, with a neighbour's good one after each.</summary>
public sealed class MutationTests
{
    private static readonly string[] Lines =
    [
        "cpu,host=a,cpu=cpu-total usage_idle=90.5,usage_user=7i,up=t,state=\"ok, \\\" well\" 1772366400000000000",
        @"my\ m,a\,b=c\ d,e\=f=g\=h f\ g=-1.2e-3,h=18446744073709551615u",
        "# comment\nm f=NaN\r\n\nm f=1 0",
    ];

    private static readonly string[] Items =
    [
        """{"sensorId":"a","timestamp":"2026-03-01T12:00:00Z","value":1.5,"quality":"Uncertain"}""",
        """{"sensorId":"\u0061\"\\","timestamp":1772366400000000000,"value":1e999,"x":[{"y":null}]}""",
        """{"sensorId":"b","value":"NaN","quality":null}""",
    ];

    private static readonly byte[] Telling = ",=\" \\{}[]:\n\t0-.eiuN"u8.ToArray();

    private readonly Doors _doors = new();
    private readonly Random _random = new(1);

    [Fact]
    public void Damaged_lines_leave_the_neighbours_alone()
    {
        var splitter = new LineSplitter();
        var reader = _doors.Http.NewLineReader(TimePrecision.Nanoseconds);
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var text = Damaged(Lines);
            _doors.Take(splitter, reader, [.. text, .. Encoding.UTF8.GetBytes($"\nneighbour v={i}\n")], _random.Next(1, 400));
        }

        Assert.Equal(FuzzRuns.Count, Appended("neighbour.v"));
        Assert.True(_doors.Http.Status!.Rejected > FuzzRuns.Count / 10, $"{_doors.Http.Status.Rejected} refused");
    }

    [Fact]
    public void Damaged_objects_a_line_leave_the_neighbours_alone()
    {
        var splitter = new LineSplitter();
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var text = Damaged(Items);
            _doors.Take(splitter, new JsonPointReader(), [.. text, .. Encoding.UTF8.GetBytes($"\n{{\"sensorId\":\"neighbour\",\"value\":{i}}}\n")], _random.Next(1, 400));
        }

        Assert.Equal(FuzzRuns.Count, Appended("neighbour"));
        Assert.True(_doors.Http.Status!.Rejected > FuzzRuns.Count / 10, $"{_doors.Http.Status.Rejected} refused");
    }

    [Fact]
    public void Damaged_lists_leave_the_neighbours_before_them_and_in_other_requests_alone()
    {
        for (var i = 0; i < FuzzRuns.Count; i++)
        {
            var neighbour = Encoding.UTF8.GetBytes($"[{{\"sensorId\":\"neighbour\",\"value\":{i}}},");
            _doors.Take(new JsonSplitter(), new JsonPointReader(), [.. neighbour, .. Damaged(Items), (byte)']'], _random.Next(1, 400));
        }

        Assert.Equal(FuzzRuns.Count, Appended("neighbour"));
        Assert.True(_doors.Http.Status!.Rejected > FuzzRuns.Count / 10, $"{_doors.Http.Status.Rejected} refused");
    }

    private long Appended(string sensor) => _doors.Log.TryGet(sensor, out var series) ? series.Next - 1 : 0;

    private byte[] Damaged(string[] texts)
    {
        var bytes = Encoding.UTF8.GetBytes(texts[_random.Next(texts.Length)]).ToList();
        for (var changes = _random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(_random.Next(1, 10), bytes.Count - at));
                    break;
                case 2:
                    bytes.Insert(at, Telling[_random.Next(Telling.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(_random.Next(1, 30), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
