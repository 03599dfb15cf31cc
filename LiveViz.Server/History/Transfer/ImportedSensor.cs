using LiveViz.Server.Streaming;

namespace LiveViz.Server.History.Transfer;

/// <summary>A sensor of an import, with those of its samples that are not handed over yet.</summary>
/// <param name="sensor">As it is to be known where it is not.</param>
internal sealed class ImportedSensor(Sensor sensor)
{
    private IntervalEstimate _interval;
    private long _newest = long.MinValue;

    /// <summary>As it is to be known where it is not.</summary>
    public Sensor Sensor => sensor;

    /// <summary>Its samples, as they came.</summary>
    public SampleList Samples { get; } = new();

    /// <summary>The earliest time of them, in ticks; <see cref="long.MaxValue"/> where there are none.</summary>
    public long Oldest { get; private set; } = long.MaxValue;

    /// <summary>Why nothing of it can be stored; null where it can.</summary>
    public string? Problem { get; } = Intake.IdProblem(sensor.Id);

    /// <summary>Takes a sample in; where nothing came for unusually long before it, as the log does, with a break of the line.</summary>
    public void Add(long ticks, double? value, Quality quality)
    {
        var marks = (SampleMarks)(value is null ? Quality.Bad : quality);
        if (ticks >= _newest)
        {
            // What was stored before the first one may be of years ago.
            var isBroken = _newest == long.MinValue || _interval.Observe(ticks - _newest, SensorSeries.ShortestGap);
            marks |= isBroken ? SampleMarks.GapBefore : SampleMarks.None;
            _newest = ticks;
        }

        Oldest = Math.Min(Oldest, ticks);
        Samples.Add(ticks, value ?? double.NaN, marks);
    }
}
