using BenchmarkDotNet.Attributes;
using LiveViz.Server;
using LiveViz.Server.Streaming;
using LiveViz.Sources;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LiveViz.Benchmarks;

/// <summary>
/// The way of a sample from the intake through the log to one reader, on one thread. The log is full before
/// anything is measured, so blocks are taken from one sensor for another as in a server that has run for a while.
/// An operation is a point.
/// </summary>
[Config(typeof(PerPointConfig))]
public class IntakeBenchmarks : ISensorSource
{
    private const int SensorCount = 100;

    // A reader at 20 frames/s of sensors at 100 Hz finds five new samples of each.
    private const int SamplesARead = 5;
    private const int Reads = 200;
    private const int Points = SensorCount * SamplesARead * Reads;

    // What the server has by default: too much for the caches, as in the server.
    private const int LogMegabytes = 256;

    private readonly string[] _ids = [.. Enumerable.Range(0, SensorCount).Select(number => $"sensor-{number:D3}")];
    private readonly SampleBuffer _buffer = new(SamplesARead);
    private readonly long[] _cursors = new long[SensorCount];
    private SensorLog _log = null!;
    private SensorSeries[] _series = [];
    private Intake _intake = null!;

    // Long past, so that no run comes to a time ahead of the clock, which the intake would refuse.
    private DateTime _time = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private double _value;

    public IReadOnlyCollection<Sensor> Sensors => [.. _ids.Select(id => new Sensor { Id = id })];

    public IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    [GlobalSetup]
    public void Fill()
    {
        _log = new SensorLog(Options.Create(new LiveVizOptions { LogMegabytes = LogMegabytes }), TimeProvider.System);
        _intake = new Intake(_log, TimeProvider.System, NullLogger.Instance, "benchmark", this);
        _intake.Describe();
        _series = [.. _log.All];
        while (_series[0].Oldest == 1)
        {
            Accept();
        }

        // Once around, so that every block has been taken back once.
        for (var samples = _series[0].Next; _series[0].Next < 2 * samples;)
        {
            Accept();
        }

        GoBack(0);
    }

    [GlobalCleanup]
    public void Check()
    {
        if (_intake.Rejected > 0)
        {
            throw new InvalidOperationException($"The intake refused {_intake.Rejected} points; the last {_intake.LastRejection}.");
        }
    }

    /// <summary>Intake, log and a reader.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Points)]
    public long AcceptAndRead()
    {
        long read = 0;
        for (var i = 0; i < Reads; i++)
        {
            for (var sample = 0; sample < SamplesARead; sample++)
            {
                AcceptOne();
            }

            read += ReadNew();
        }

        return read;
    }

    /// <summary>Intake and log: what a source is kept waiting for.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public void Accept()
    {
        for (var i = 0; i < Reads * SamplesARead; i++)
        {
            AcceptOne();
        }
    }

    /// <summary>The log alone. What <see cref="Accept"/> takes beyond this is validation.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public void Append()
    {
        for (var i = 0; i < Reads * SamplesARead; i++)
        {
            _time = _time.AddMilliseconds(10);
            foreach (var series in _series)
            {
                series.Append(_time.Ticks, _value += 0.1, Quality.Good, _time.Ticks);
            }
        }
    }

    /// <summary>The reader alone, over samples that are there.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public long Read()
    {
        long read = 0;
        GoBack(SamplesARead * Reads);
        for (var i = 0; i < Reads; i++)
        {
            read += ReadNew();
        }

        return read;
    }

    /// <summary>Part of validation: when the sample came.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public long Clock()
    {
        long sum = 0;
        for (var i = 0; i < Points; i++)
        {
            sum += TimeProvider.System.GetUtcNow().UtcTicks;
        }

        return sum;
    }

    /// <summary>Part of validation: whose the sample is.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public long FindSensor()
    {
        long sum = 0;
        for (var i = 0; i < Reads * SamplesARead; i++)
        {
            foreach (var id in _ids)
            {
                sum += _log.TryGet(id, out var series) ? series.Index : -1;
            }
        }

        return sum;
    }

    private void AcceptOne()
    {
        _time = _time.AddMilliseconds(10);
        foreach (var id in _ids)
        {
            _intake.Accept(new DataPoint(id, _time, _value += 0.1));
        }
    }

    private void GoBack(int samples)
    {
        for (var i = 0; i < SensorCount; i++)
        {
            _cursors[i] = _series[i].Next - samples;
        }
    }

    private long ReadNew()
    {
        long read = 0;
        for (var i = 0; i < SensorCount; i++)
        {
            _cursors[i] = _series[i].Read(_cursors[i], _buffer) + _buffer.Count;
            read += _buffer.Count;
        }

        return read;
    }
}
