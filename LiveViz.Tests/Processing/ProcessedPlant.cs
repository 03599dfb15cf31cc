using System.Text;
using LiveViz.Server.Processing;
using LiveViz.Server.Streaming;
using LiveViz.Sources;
using LiveViz.Tests.Sources;
using LiveViz.Tests.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Processing;

/// <summary>A log whose sensors are processed as a configuration says, and the doors of its sources.</summary>
internal sealed class ProcessedPlant
{
    private readonly Dictionary<string, Intake> _intakes = [];
    private readonly SensorProcessing _processing;

    /// <param name="sensors">The list in <c>LiveViz:Sensors</c>, as JSON.</param>
    /// <param name="log">A log that holds something already.</param>
    public ProcessedPlant(string sensors, SensorLog? log = null)
    {
        Log = log ?? TestLog.New(Time, megabytes: 8);
        var settings = Settings(sensors);
        Formulas = new Formulas(settings, Log, Time);
        _processing = new SensorProcessing(settings, Formulas, Log, Logger);
    }

    public FakeTimeProvider Time { get; } = Clock.New();

    public SensorLog Log { get; }

    public Formulas Formulas { get; }

    public ListLogger<SensorProcessing> Logger { get; } = new();

    public static SensorSettings Settings(string sensors) =>
        new(new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{ "LiveViz": { "Sensors": {{sensors}} } }""")))
            .Build()
            .GetSection("LiveViz:Sensors"));

    /// <summary>The door of a source, which lists these sensors where it is asked for the first time.</summary>
    public Intake Intake(string source = "source", params Sensor[] listed)
    {
        if (!_intakes.TryGetValue(source, out var intake))
        {
            var fake = new FakeSource((_, _) => throw new InvalidOperationException());
            fake.Listed.AddRange(listed);
            _intakes[source] = intake = new Intake(Log, Time, Logger, source, fake, _processing);
            intake.Describe();
        }

        return intake;
    }

    /// <summary>Lets a source send a sample, measured and received so many seconds after the start.</summary>
    public void Send(string id, double seconds, double? value, Quality quality = Quality.Good, string source = "source")
    {
        At(seconds);
        Late(id, seconds, value, quality, source);
    }

    /// <summary>Lets a source send a sample that is received now, whenever it was measured.</summary>
    public void Late(string id, double seconds, double? value, Quality quality = Quality.Good, string source = "source") =>
        Assert.True(Intake(source).Accept(new DataPoint(id, new DateTime(Clock.Ticks(seconds), DateTimeKind.Utc), value, quality), out var problem), problem);

    /// <summary>Sets the clock.</summary>
    public void At(double seconds)
    {
        var now = new DateTimeOffset(Clock.Start.AddSeconds(seconds));
        if (now > Time.GetUtcNow())
        {
            Time.SetUtcNow(now);
        }
    }

    public SensorSeries Series(string id) => Log.TryGet(id, out var series) ? series : throw new InvalidOperationException($"There is no {id}.");

    public Sensor Sensor(string id) => Series(id).Sensor;

    public bool Has(string id) => Log.TryGet(id, out _);

    /// <summary>All samples of a sensor: seconds after the start, value, quality.</summary>
    public (double Seconds, double Value, Quality Quality)[] Samples(string id)
    {
        var buffer = Read(id);
        return [.. Enumerable.Range(0, buffer.Count).Select(i => (
            (buffer.Ticks[i] - Clock.Start.Ticks) / (double)TimeSpan.TicksPerSecond, buffer.Values[i], buffer.Marks[i].Quality()))];
    }

    public double[] Values(string id) => [.. Samples(id).Select(sample => sample.Value)];

    public bool[] Gaps(string id)
    {
        var buffer = Read(id);
        return [.. buffer.Marks.Take(buffer.Count).Select(marks => marks.HasGapBefore())];
    }

    private SampleBuffer Read(string id)
    {
        var buffer = new SampleBuffer(10_000);
        Series(id).Read(1, buffer);
        return buffer;
    }
}
