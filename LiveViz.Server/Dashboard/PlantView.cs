using LiveViz.Feeds;
using LiveViz.Sources;

namespace LiveViz.Server.Dashboard;

/// <summary>
/// What one user's dashboard knows of the plant: every sensor and how it stands, the sources, the server. All
/// pages and the status line read it; one stream of the feed keeps it.
/// </summary>
internal sealed class PlantView(ISensorFeed feed, TimeProvider time, ILogger<PlantView> logger) : IAsyncDisposable
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(1);

    // The newest value of each sensor is all that is wanted: as wide a bucket as there is sends next to nothing else.
    private static readonly FrameRequest Newest = new() { WindowSeconds = 60, Width = 1, FramesPerSecond = 4 };

    private readonly CancellationTokenSource _disposed = new();
    private readonly Dictionary<string, SensorReading> _readings = [];
    private List<SensorReading> _ordered = [];
    private Task? _running;
    private long _epoch;
    private (DateTime Time, long Appended) _before;

    /// <summary>Raised some times a second when there is news, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Every sensor, in the server's order.</summary>
    public IReadOnlyList<SensorReading> Readings => Volatile.Read(ref _ordered);

    /// <summary>The areas, in the server's order, with their sensors.</summary>
    public IEnumerable<IGrouping<string, SensorReading>> Areas => Readings.GroupBy(reading => reading.Sensor.Group);

    /// <summary>How the sources are doing.</summary>
    public IReadOnlyList<SourceStatus> Sources { get; private set; } = [];

    /// <summary>How the server is doing; null before it first said so.</summary>
    public ServerStatus? Status { get; private set; }

    /// <summary>Samples the server takes in, a second.</summary>
    public double SamplesPerSecond { get; private set; }

    /// <summary>The server's clock at the last frame, UTC; default before the first.</summary>
    public DateTime Now { get; private set; }

    /// <summary>How the feed's connection stands.</summary>
    public FeedConnection Connection => feed.Connection;

    /// <summary>Whether the first look at the server has been had.</summary>
    public bool IsLoaded => Status is not null && Now != default;

    /// <summary>Begins to read, if it has not begun.</summary>
    public void Start()
    {
        if (_running is null)
        {
            feed.ConnectionChanged += OnConnectionChanged;
            _running = Task.WhenAll(KeepReadingAsync(ReadFramesAsync), KeepReadingAsync(ReadStatusAsync));
        }
    }

    public async ValueTask DisposeAsync()
    {
        feed.ConnectionChanged -= OnConnectionChanged;
        await _disposed.CancelAsync();
        _disposed.Dispose();
    }

    private void OnConnectionChanged() => Changed?.Invoke();

    private async Task KeepReadingAsync(Func<CancellationToken, Task> read)
    {
        var cancellationToken = _disposed.Token;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await read(cancellationToken);
                await Task.Delay(StatusPeriod, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever broke, the feed's connection says so on the screen; here it is only tried again.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogDebug(e, "The dashboard could not read from the hub; it tries again");
                await Task.Delay(StatusPeriod, time, CancellationToken.None);
            }
        }
    }

    private async Task ReadFramesAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in feed.ReadFramesAsync(Newest, cancellationToken))
        {
            if (frame.IsRefill || frame.Columns.Any(column => !_readings.ContainsKey(column.SensorId)))
            {
                Describe(await feed.GetSensorsAsync(cancellationToken), startAnew: frame.Epoch != _epoch);
                _epoch = frame.Epoch;
            }

            Now = frame.Time;
            foreach (var column in frame.Columns)
            {
                if (_readings.TryGetValue(column.SensorId, out var reading))
                {
                    reading.Update(column, frame.Time);
                }
            }

            Changed?.Invoke();
        }
    }

    private async Task ReadStatusAsync(CancellationToken cancellationToken)
    {
        Sources = await feed.GetSourcesAsync(cancellationToken);
        Status = await feed.GetStatusAsync(cancellationToken);
        foreach (var reading in Readings)
        {
            reading.UpdateSource(Sources.Any(source => source.Name == reading.Sensor.Source && source.State == SourceState.Completed));
        }

        var seconds = (Status.Time - _before.Time).TotalSeconds;
        if (_before.Time != default && seconds > 0 && Status.Appended >= _before.Appended)
        {
            SamplesPerSecond = (Status.Appended - _before.Appended) / seconds;
        }

        _before = (Status.Time, Status.Appended);
    }

    private void Describe(IReadOnlyList<Sensor> sensors, bool startAnew)
    {
        var ordered = new List<SensorReading>(sensors.Count);
        foreach (var sensor in sensors)
        {
            if (startAnew || !_readings.TryGetValue(sensor.Id, out var reading) || reading.Sensor != sensor)
            {
                reading = new SensorReading(sensor);
                _readings[sensor.Id] = reading;
            }

            ordered.Add(reading);
        }

        Volatile.Write(ref _ordered, ordered);
    }
}
