using LiveViz.Server.Streaming;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Streaming;

public sealed class PointStreamTests : IDisposable
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly SensorLog _log;
    private readonly Pump _pump = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<DataPoint> _points = [];

    public PointStreamTests() => _log = TestLog.New(_time);

    public void Dispose()
    {
        _pump.Run(_end.Cancel);
        _end.Dispose();
    }

    [Fact]
    public void Newest_of_each_sensor_comes_first_and_then_every_one()
    {
        var (one, two) = (_log.Open("one"), _log.Open("two"));
        one.Fill(5000);
        two.Fill(2);
        Start();
        Assert.Equal([("one", 5000L), ("two", 2L)], _points.Select(point => (point.SensorId, point.Sequence)));

        one.Fill(3000);
        two.Fill(1);
        Step();

        Assert.Equal(Enumerable.Range(5000, 3001).Select(i => (long)i), Sequences("one"));
        Assert.Equal([2L, 3L], Sequences("two"));
        Assert.All(_points, point => Assert.Equal(point.Sequence, point.Value));
    }

    [Fact]
    public void Points_carry_utc_time_and_quality_and_null_for_no_value()
    {
        var series = _log.Open();
        Start();
        series.Append(1, double.NaN, Quality.Bad);
        series.Append(2, 2.5, Quality.Uncertain);

        Step();

        Assert.Equal(
            [
                new DataPoint("a", Clock.Start.AddSeconds(1), null, Quality.Bad, 1),
                new DataPoint("a", Clock.Start.AddSeconds(2), 2.5, Quality.Uncertain, 2),
            ],
            _points);
        Assert.All(_points, point => Assert.Equal(DateTimeKind.Utc, point.Timestamp.Kind));
    }

    [Fact]
    public void Sensor_that_appears_is_given_from_its_first_sample()
    {
        _log.Open("a");
        Start();

        _log.Open("b").Fill(2000);
        Step();

        Assert.Equal(Enumerable.Range(1, 2000).Select(i => (long)i), Sequences("b"));
    }

    [Fact]
    public void Wanted_sensors_are_given_and_no_others()
    {
        _log.Open("a").Fill(1);
        _log.Open("b").Fill(1);
        Start("b", "later");

        _log.Open("a").Fill(1);
        _log.Open("later").Fill(1);
        Step();

        Assert.Equal(["b", "later"], _points.Select(point => point.SensorId));
    }

    [Fact]
    public void Late_samples_are_given_as_they_came()
    {
        var series = _log.Open();
        Start();
        series.Append(5, 1);
        series.Append(3, 2);

        Step();

        Assert.Equal([1.0, 2.0], _points.Select(point => point.Value));
    }

    private long[] Sequences(string id) => [.. _points.Where(point => point.SensorId == id).Select(point => point.Sequence)];

    private void Start(params string[] ids) => _pump.Run(() => _ = ReadAsync(ids));

    private void Step() => _pump.Run(() => _time.Advance(TimeSpan.FromMilliseconds(20)));

    private async Task ReadAsync(string[] ids)
    {
        await foreach (var point in new PointStream(_log, _time, ids).ReadAsync(_end.Token))
        {
            _points.Add(point);
        }
    }
}
