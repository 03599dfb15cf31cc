using System.Buffers;
using System.Text;
using LiveViz.Server.History;
using LiveViz.Server.Processing;
using LiveViz.Server.Sources.Payloads;
using LiveViz.Server.Streaming;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Push;

/// <summary>
/// A door that samples are sent in through, by callers who wait for an answer: what they are told is stored, is. Beside
/// the sources that the server itself runs, each door is a source with a name, an intake and a state of its own.
/// </summary>
internal abstract class PushedSource
{
    // A store that has not answered by then is as good as down; callers have time limits of their own.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private const int LongestShown = 80;

    private readonly SensorLog _log;
    private readonly Historian _historian;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SensorProcessing? _processing;
    private readonly Lock _gate = new();
    private readonly PointBatch _batch = new();
    private Intake _intake;
    private long _unread;
    private string _lastUnread = "";
    private DateTime _since;
    private bool _isRunning;

    /// <summary>Makes a door that is open, and called by its type if by no other name.</summary>
    protected PushedSource(string type, SensorLog log, Historian historian, TimeProvider time, ILogger logger, SensorProcessing? processing, string? name = null)
    {
        Type = type;
        Name = name ?? type;
        _log = log;
        _historian = historian;
        _time = time;
        _logger = logger;
        _processing = processing;
        _since = Now;
        _intake = NewIntake();
    }

    /// <summary>What its entry in <c>LiveViz:Sources</c> says as its type.</summary>
    public string Type { get; }

    /// <summary>What operators call it.</summary>
    public string Name { get; private set; }

    /// <summary>Whether an entry in <c>LiveViz:Sources</c> has set it up.</summary>
    public bool IsConfigured { get; private set; }

    /// <summary>Whether anything can be sent in.</summary>
    public bool IsEnabled { get; private set; } = true;

    /// <summary>
    /// How it is doing; null for one that is switched off, or that nobody has spoken of in the configuration and nobody
    /// has used.
    /// </summary>
    public SourceStatus? Status
    {
        get
        {
            lock (_gate)
            {
                var rejected = _intake.Rejected + _unread;
                return !IsEnabled || (!IsConfigured && _intake.Accepted + _intake.Duplicates + rejected == 0) ? null : new SourceStatus
                {
                    Name = Name,
                    Type = Type,
                    State = _isRunning ? SourceState.Running : SourceState.Waiting,
                    Reason = !_isRunning ? "nothing was sent yet"
                        : _batch.Texts == 0 ? ""
                        : $"{Counted.Of(_batch.Texts, "text")} in the place of a value {(_batch.Texts == 1 ? "was" : "were")} passed over: only numbers can be shown",
                    Since = _since,
                    Accepted = _intake.Accepted,
                    Duplicates = _intake.Duplicates,
                    Rejected = rejected,
                    LastRejection = _lastUnread.Length > 0 ? _lastUnread : _intake.LastRejection,
                };
            }
        }
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Makes its options, with their defaults.</summary>
    public abstract PushOptions NewOptions();

    /// <summary>Takes its settings over, once, before anything is sent in.</summary>
    public virtual void Configure(PushOptions options)
    {
        Name = options.Name;
        IsEnabled = options.Enabled;
        IsConfigured = true;
        _intake = NewIntake();
    }

    /// <summary>Makes it known to the historian, once, when all settings are read: its sensors' past is theirs again.</summary>
    public void Open() => _historian.Know(Name, null);

    /// <summary>Takes in what has come of a text, as far as it is whole.</summary>
    /// <param name="splitter">What takes it apart.</param>
    /// <param name="reader">What makes samples of its parts.</param>
    /// <param name="buffer">What has come; shortened by what was taken in.</param>
    /// <param name="isFinal">Whether that is all there will be.</param>
    /// <param name="report">Where it is counted.</param>
    public void Take(TextSplitter splitter, IPointReader reader, ref ReadOnlySequence<byte> buffer, bool isFinal, PushReport report)
    {
        lock (_gate)
        {
            var now = Now;
            while (splitter.TryTake(ref buffer, isFinal, out var text, out var problem))
            {
                _batch.Truncate(0);
                // Without a time of their own, those that came together are still told apart, and keep their order.
                now = now.AddTicks(1);
                problem ??= reader.Read(text, now, _batch);
                if (problem is not null)
                {
                    Refuse(splitter.Number, text, problem, report);
                }

                foreach (ref readonly var point in _batch.Points)
                {
                    Accept(point, splitter.Number, report);
                }
            }
        }
    }

    /// <summary>Takes samples in.</summary>
    /// <param name="points">They.</param>
    /// <param name="before">How many the caller has sent before them: they are numbered from the next on.</param>
    /// <param name="report">Where they are counted.</param>
    public void Take(ReadOnlySpan<DataPoint> points, long before, PushReport report)
    {
        lock (_gate)
        {
            foreach (ref readonly var point in points)
            {
                Accept(point, ++before, report);
            }
        }
    }

    /// <summary>Waits until all that was taken in before this call is stored. Calls that wait at once share a commit.</summary>
    /// <exception cref="HistoryException">It cannot be stored now; the caller should send it again later.</exception>
    public async Task StoredAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _historian.StoredAsync(cancellationToken).WaitAsync(LongestWait, _time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new HistoryException($"the samples were not stored within {LongestWait.TotalSeconds:0} s", inner: e);
        }
    }

    private void Accept(in DataPoint point, long number, PushReport report)
    {
        if (_intake.Accept(point, out var problem))
        {
            report.Accept();
            Ran();
        }
        else
        {
            report.Refuse(number, $"sensor \"{ShownText.Cut(point.SensorId ?? "", LongestShown)}\" {problem}");
            _lastUnread = "";
        }
    }

    private void Refuse(long number, ReadOnlySpan<byte> text, string problem, PushReport report)
    {
        var part = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 160)]);
        _lastUnread = part.Length == 0 ? problem : $"unable to parse '{ShownText.Cut(part, LongestShown)}': {problem}";
        if (_unread++ == 0)
        {
            _logger.LogWarning("Source {Source}: what was sent was refused: {Rejection}. Others are only counted", Name, _lastUnread);
        }

        report.Refuse(number, _lastUnread);
    }

    private void Ran()
    {
        if (!_isRunning)
        {
            _isRunning = true;
            _since = Now;
        }
    }

    private Intake NewIntake() => new(_log, _time, _logger, Name, null, _processing);
}
