namespace LiveViz.Charts;

/// <summary>A sensor as it stands at the newest frame.</summary>
internal sealed class SensorNow(Sensor sensor)
{
    private DateTime _now;
    private bool _isStale;

    /// <summary>The sensor.</summary>
    public Sensor Sensor { get; } = sensor;

    /// <summary>Its newest sample; null before the first.</summary>
    public LatestSample? Latest { get; private set; }

    /// <summary>Its newest value, which may be old; NaN where there is none.</summary>
    public double Value => Latest is { Quality: not Quality.Bad, Value: { } value } ? value : double.NaN;

    /// <summary>How it stands.</summary>
    public SampleState State => Latest is null || _isStale
        ? SampleState.NoData
        : SampleStates.Of(Sensor, Latest.Value ?? double.NaN, Latest.Quality);

    /// <summary>Takes in a frame.</summary>
    public void Take(Frame frame)
    {
        _now = frame.Time;
        if (frame.IsRefill)
        {
            Latest = null;
            _isStale = false;
        }

        foreach (var column in frame.Columns)
        {
            if (column.SensorId == Sensor.Id)
            {
                Latest = column.Latest ?? Latest;
                _isStale = column.IsStale;
            }
        }
    }

    /// <summary>The word for its state.</summary>
    public string Word => Latest is null ? "No data yet" : SampleStates.Word(State, Sensor.Normal is not null);

    /// <summary>How old its newest sample is, or since when nothing has come.</summary>
    public string Age(ViewerClock clock) => Latest is null
        ? ""
        : _isStale ? $"no data since {clock.Since(Arrived, _now)}" : ValueWords.Age(_now - Arrived);

    // The time of a recording's sample says nothing of how long ago it came.
    private DateTime Arrived => Sensor.Recorded ? Latest!.Received : Latest!.Timestamp;
}
