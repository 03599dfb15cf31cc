using System.Diagnostics.Metrics;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Streaming;

public sealed class StreamMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counted = [];

    public StreamMetricsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, count, tags, _) => Count(instrument.Name, count, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, count, tags, _) => Count(instrument.Name, count, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Counters_say_what_the_clients_were_given_together()
    {
        var time = Clock.New();
        var log = TestLog.New(time);
        var series = log.Open();
        series.Append(-70, 0);
        var channels = new FrameChannels(log, time);
        var pump = new Pump();
        var metrics = new StreamMetrics(_services.GetRequiredService<IMeterFactory>());
        using (var one = new PulledFrames(log, channels, time, new FrameRequest { Width = 600 }, pump, metrics: metrics))
        {
            using var two = new PulledFrames(log, channels, time, new FrameRequest { Width = 600 }, pump, metrics: metrics);
            for (var i = 0; i < 400; i++)
            {
                series.Append(i * 0.05, Math.Sin(i));
                series.Append(i * 0.05 + 0.01, Math.Cos(i));
                // One stops for a while, and is moved to coarser frames and back.
                one.TakeAll();
                Assert.True(i is > 40 and < 160 && i % 30 != 0 || two.TakeAll().Count >= 0);
                one.Advance(0.05);
            }

            one.TakeAll();
            two.TakeAll();
            Assert.Equal(2, _counted["liveviz.streams"]);
            Assert.Equal(one.Tally.Received + two.Tally.Received, _counted["liveviz.streams.samples given"]);
            Assert.Equal(one.Tally.Reduced + two.Tally.Reduced, _counted["liveviz.streams.samples reduced"]);
            Assert.Equal(one.Tally.LeftOut + two.Tally.LeftOut, _counted["liveviz.streams.samples left_out"]);
            Assert.Equal(one.Bytes.Concat(two.Bytes).Sum(frame => (long)frame.Length), _counted["liveviz.streams.bytes"]);
            Assert.Equal(one.Bytes.Count + two.Bytes.Count, _counted["liveviz.streams.frames"]);
        }

        Assert.Equal(0, _counted["liveviz.streams"]);
        Assert.True(_counted["liveviz.streams.moves coarser"] > 0 && _counted["liveviz.streams.catch_ups"] > 0);
    }

    private void Count(string name, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = tags.Length == 0 ? name : $"{name} {tags[0].Value}";
        _counted[key] = _counted.GetValueOrDefault(key) + count;
    }
}
