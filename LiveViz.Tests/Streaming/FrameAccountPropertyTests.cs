using CsCheck;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

/// <summary>
/// Whatever a reader does, reads at any speed, stops, leaves and comes back: what it was given, what was reduced and
/// what was left out add up to what was appended, sample for sample.
/// </summary>
public class FrameAccountPropertyTests
{
    private static readonly Gen<Step> AnyStep = Gen.Frequency<Step>(
        (10, Gen.Select(Gen.Int[0, 2], Gen.OneOf(Gen.Int[1, 30], Gen.Int[1, 3000])).Select((sensor, count) => new Step(Do.Append, sensor, count))),
        (10, Gen.Int[1, 200].Select(count => new Step(Do.Pass, 0, count * 10))),
        (2, Gen.Int[1, 20].Select(count => new Step(Do.Pass, 0, count * 1000))),
        (6, Gen.Int[1, 5].Select(count => new Step(Do.Take, 0, count))),
        (6, Gen.Const(new Step(Do.Take, 0, int.MaxValue))),
        (3, Gen.Const(new Step(Do.ComeBack, 0, 0))),
        (1, Gen.Const(new Step(Do.AppendLate, 0, 1))));

    private static readonly Gen<(FrameRequest Request, Step[] Steps)> Course = Gen.Select(
        Gen.OneOf(0.0, 2.0, 60.0, 3600.0),
        Gen.OneOf(0, 0, 200, 600, 20_000),
        Gen.OneOf(20.0, 4.0, 0.5),
        AnyStep.Array[1, 80],
        (window, width, rate, steps) => (new FrameRequest { WindowSeconds = window, Width = width, FramesPerSecond = rate }, steps));

    private enum Do
    {
        Append,
        AppendLate,
        Pass,
        Take,
        ComeBack,
    }

    [Fact]
    public void Given_reduced_and_left_out_are_all_that_was_appended() => Course.Sample(course =>
    {
        // Small enough that samples are overwritten before a slow reader comes to them.
        var time = Clock.New();
        var log = TestLog.New(time);
        var plant = new Plant(log, time);
        var channels = new FrameChannels(log, time);
        var reader = new PulledFrames(log, channels, time, course.Request);
        var given = new Dictionary<string, HashSet<long>>();
        foreach (var step in course.Steps)
        {
            switch (step.What)
            {
                case Do.Append:
                    plant.Append(step.Sensor, step.Count);
                    break;
                case Do.AppendLate:
                    plant.AppendLate();
                    break;
                case Do.Pass:
                    reader.Advance(step.Count / 1000.0);
                    break;
                case Do.Take:
                    Take(reader, step.Count, given);
                    break;
                default:
                    var tally = reader.Tally;
                    reader.Dispose();
                    reader = new PulledFrames(log, channels, time, course.Request, tally: tally);
                    break;
            }
        }

        // Long enough for every bucket to be over, and for whatever was late to be put in its place.
        Take(reader, int.MaxValue, given);
        for (var i = 0; i < 300; i++)
        {
            reader.Advance(4);
            Take(reader, int.MaxValue, given);
        }

        reader.Dispose();
        Assert.Equal(reader.Tally.Appended, reader.Tally.Received + reader.Tally.Reduced + reader.Tally.LeftOut);
        Assert.Equal(reader.Tally.Received, given.Values.Sum(sequences => sequences.Count));
        var position = reader.Tally.Position!;
        Assert.Equal(
            plant.Series.Select(series => (long)series.Index).Zip(plant.Series.Select(series => series.Next)).Order(),
            position.Sensors.Zip(position.Next).Order());
    }, iter: 200);

    private static void Take(PulledFrames reader, int count, Dictionary<string, HashSet<long>> given)
    {
        while (count-- > 0 && reader.Take() is { } frame)
        {
            if (frame.IsRefill)
            {
                given.Clear();
            }

            foreach (var column in frame.Columns)
            {
                given.TryAdd(column.SensorId, []);
                Assert.All(column.Sequences, sequence =>
                {
                    Assert.InRange(sequence, column.First, column.First + column.Covered - 1);
                    Assert.True(given[column.SensorId].Add(sequence), $"{column.SensorId} gives {sequence} twice");
                });
            }
        }
    }

    private sealed record Step(Do What, int Sensor, int Count);

    private sealed class Plant(SensorLog log, FakeTimeProvider time)
    {
        private readonly Random _random = new(1);

        public List<SensorSeries> Series { get; } = [];

        public void Append(int sensor, int count)
        {
            if (sensor >= Series.Count)
            {
                Series.Add(log.Open($"sensor-{Series.Count}"));
                sensor = Series.Count - 1;
            }

            // Spread over the time since the last, as far as there was any.
            var series = Series[sensor];
            var now = time.GetUtcNow().UtcTicks;
            var begin = Math.Max(series.NewestTicks, now - TimeSpan.TicksPerSecond);
            for (var i = 1; i <= count; i++)
            {
                var value = _random.Next(20) == 0 ? double.NaN : _random.NextDouble();
                series.Append(begin + Math.Max(0, now - begin) * i / count, value, double.IsNaN(value) ? Quality.Bad : Quality.Good, now);
            }
        }

        public void AppendLate()
        {
            if (Series.Count > 0)
            {
                var now = time.GetUtcNow().UtcTicks;
                Series[0].Append(now - _random.Next(1, 30) * TimeSpan.TicksPerSecond / 10, -1, Quality.Good, now);
            }
        }
    }
}
