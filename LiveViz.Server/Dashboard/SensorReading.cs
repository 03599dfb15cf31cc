using LiveViz.Charts;

namespace LiveViz.Server.Dashboard;

/// <summary>A sensor and how it stands now.</summary>
public sealed class SensorReading(Sensor sensor)
{
    private const double TrendSeconds = 10;

    private double _smooth = double.NaN;
    private DateTime _smoothAt;
    private bool _isStale;
    private bool _isCompleted;

    /// <summary>The sensor.</summary>
    public Sensor Sensor { get; } = sensor;

    /// <summary>Its newest sample; null before the first.</summary>
    public LatestSample? Latest { get; private set; }

    /// <summary>How it stands.</summary>
    public SensorState State { get; private set; } = SensorState.Waiting;

    /// <summary>Whether an operator should look at it.</summary>
    public bool NeedsAttention => State > SensorState.Waiting && Sensor.RawOf is null;

    /// <summary>Since when it has been in this state, UTC by the server's clock; null where that was before anyone looked.</summary>
    public DateTime? Since { get; private set; }

    /// <summary>-1 falling, 0 steady, 1 rising: against the mean of about the last ten seconds.</summary>
    public int Trend { get; private set; }

    /// <summary>The last value as it is written, without its unit; a dash where there is none.</summary>
    public string ValueText => ValueWords.Value(Sensor, Latest?.Value);

    /// <summary>How old the last sample is: by its own time, or by its arrival where its time is a recording's.</summary>
    public TimeSpan? Age(DateTime now) => Latest is null ? null : now - (Sensor.Recorded ? Latest.Received : Latest.Timestamp);

    /// <summary>Takes in news of it.</summary>
    public void Update(FrameColumn column, DateTime now)
    {
        var isFirst = Latest is null;
        Latest = column.Latest ?? Latest;
        _isStale = column.IsStale;
        Enter(StateNow(), isFirst ? null : now);
        UpdateTrend();
    }

    /// <summary>Takes in whether its source has delivered all it had.</summary>
    public void UpdateSource(bool isCompleted)
    {
        _isCompleted = isCompleted;
        Enter(StateNow(), null);
    }

    private void Enter(SensorState state, DateTime? since)
    {
        if (state != State)
        {
            State = state;
            Since = state is SensorState.Stale or SensorState.Ended ? Latest?.Received : since;
        }
    }

    private SensorState StateNow() => Latest switch
    {
        null => SensorState.Waiting,
        _ when _isStale && _isCompleted => SensorState.Ended,
        _ when _isStale => SensorState.Stale,
        _ => SampleStates.Of(Sensor, Latest.Value ?? double.NaN, Latest.Quality) switch
        {
            SampleState.Bad => SensorState.Bad,
            SampleState.High => SensorState.High,
            SampleState.Low => SensorState.Low,
            SampleState.Uncertain => SensorState.Uncertain,
            _ => SensorState.Normal,
        },
    };

    private void UpdateTrend()
    {
        if (Latest?.Value is not { } value)
        {
            Trend = 0;
            return;
        }

        var elapsed = (Latest.Timestamp - _smoothAt).TotalSeconds;
        if (double.IsNaN(_smooth) || elapsed is < 0 or > 10 * TrendSeconds)
        {
            _smooth = value;
        }
        else
        {
            _smooth += (value - _smooth) * (1 - Math.Exp(-elapsed / TrendSeconds));
        }

        _smoothAt = Latest.Timestamp;
        // Less than a twentieth of the normal span is noise to whoever looks for a direction.
        var span = Sensor.Normal is { } normal ? (normal.High - normal.Low) / 20 : Math.Abs(_smooth) / 50;
        Trend = value - _smooth > span ? 1 : _smooth - value > span ? -1 : 0;
    }
}
