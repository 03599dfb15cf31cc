namespace LiveViz.Tests.Services.Values;

/// <summary>A way into a server: a source, or a form of what it takes.</summary>
/// <param name="name">Its name, and that of its source.</param>
internal abstract class Door(string name)
{
    /// <summary>What it is called in the table.</summary>
    public string Name => name;

    /// <summary>The name of its source, as the server has it.</summary>
    public virtual string Source => name;

    /// <summary>What a bare number in the place of a time counts.</summary>
    public virtual TimeCount Counts => TimeCount.Recognised;

    /// <summary>Whether samples can have a time of their own here.</summary>
    public virtual bool HasTimes => true;

    /// <summary>Whether what comes in here is live, and not only history.</summary>
    public virtual bool IsLive => true;

    /// <summary>Whether what is sent before the server runs is there for it when it does.</summary>
    public virtual bool IsKept => false;

    /// <summary>Whether what is sent is lost until the server has subscribed.</summary>
    public virtual bool IsHeardLate => false;

    /// <summary>The settings of its source, such as <c>Type=Http</c>; none where it needs none.</summary>
    public virtual IReadOnlyList<string> Settings => [];

    /// <summary>How many it said that it refused; null where the state of its source says that.</summary>
    public long? Rejected { get; protected set; }

    /// <summary>The sensor that is sent last.</summary>
    public string End => $"{name}.end";

    /// <summary>The sensor that is sent until it is heard.</summary>
    public string Ready => $"{name}.ready";

    /// <summary>The sensor of a row.</summary>
    public string Sensor(AwkwardRow row) => $"{name}.{(row is AwkwardTime ? "time" : "number")}-{row.Name}";

    /// <summary>Whether nothing is to become of a sample here.</summary>
    public bool IsRefused(Sample sample) => sample.Number.At(this) == Outcome.Refused || sample.Time.At(this) == Outcome.Refused;

    /// <summary>Sends samples, so that they arrive in this order.</summary>
    public abstract Task SendAsync(Uri server, IReadOnlyList<Sample> samples);

    /// <summary>Messages of several samples each, so that what is refused has neighbours.</summary>
    protected static IEnumerable<string> Messages(IReadOnlyList<Sample> samples) =>
        samples.Chunk(10).Select(some => $"[{string.Join(',', some.Select(sample => sample.Json))}]");

    /// <summary>Lines of JSON.</summary>
    protected static string JsonLines(IReadOnlyList<Sample> samples) => string.Concat(samples.Select(sample => $"{sample.Json}\n"));

    /// <summary>Line protocol, with times in nanoseconds.</summary>
    protected static string Lines(IReadOnlyList<Sample> samples) => string.Concat(samples.Select(sample =>
        $"{sample.Sensor} value={sample.Number.Text} {(sample.Time.Instant is { } at ? $"{(at.Ticks - DateTime.UnixEpoch.Ticks) * 100m:0}" : sample.Time.Text)}\n"));

    /// <summary>A recording, with a row for each sample.</summary>
    protected static string Csv(IReadOnlyList<Sample> samples, char delimiter) =>
        $"timestamp{delimiter}sensor{delimiter}value\n"
        + string.Concat(samples.Select(sample => $"{sample.Time.Text}{delimiter}{sample.Sensor}{delimiter}{sample.Number.Text}\n"));
}
