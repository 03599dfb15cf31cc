using LiveViz.Server.Sources.Sparkplug.Wire;
using LiveViz.Tests.Sources.Payloads;
using static LiveViz.Tests.Sources.Sparkplug.Written;

namespace LiveViz.Tests.Sources.Sparkplug;

public class HostileSparkplugTests
{
    private static readonly string[] Topics =
        ["G/NBIRTH/N", "G/NDATA/N", "G/NDEATH/N", "G/DBIRTH/N/D", "G/DDATA/N/D", "G/DDEATH/N/D", "G/NBIRTH/\ud800", "G/NDATA/N/x", "//"];

    private static readonly byte[][] Seeds =
    [
        Birth(1, Double("a", 1, 1), Named(new Metric { Datatype = 12, StringValue = "x" }, "s", 2), Quality("q")),
        Payload(1, Double("b", -0.0, 3), Named(new Metric { Datatype = 1, IntValue = 0xff }, "i", 4), Named(new Metric { Datatype = 8, LongValue = ulong.MaxValue }, "u")),
        Payload(2, Aliased(1, double.NaN), Aliased(3, 1e300), new Metric { Alias = 4, IsNull = true }),
        Death(1),
    ];

    [Fact]
    public void Hostile_messages_disturb_no_neighbour()
    {
        var random = new Random(3);
        var run = new NodesRun();
        run.Read("G/NBIRTH/Good", Birth(9, Double("m", 0, 1)));
        for (var i = 0; i < HostilePayloads.Count; i++)
        {
            foreach (var point in run.Read(Topics[random.Next(Topics.Length)], Mutated(random)))
            {
                Assert.True(point.Value is { } value ? double.IsFinite(value) : point.Quality == LiveViz.Quality.Bad);
            }

            var good = Assert.Single(run.Read("G/NDATA/Good", Payload((i + 1) % 256, Aliased(1, i))));
            Assert.Equal(new DataPoint("G/Good/m", Time, i), good);
            Assert.Null(run.Asked);
        }
    }

    private static Metric Quality(string name)
    {
        var metric = Double(name, 2, 5);
        metric.Properties = new PropertySet { Keys = { "Quality", "engUnit" }, Values = { new PropertyValue { IntValue = 192 }, new PropertyValue { StringValue = "°C" } } };
        return metric;
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = new List<byte>(Seeds[random.Next(Seeds.Length)]);
        for (var changes = random.Next(4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Seeds[random.Next(Seeds.Length)]);
                    break;
                case 3:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)0xff, random.Next(1, 12)));
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        return [.. bytes];
    }
}
