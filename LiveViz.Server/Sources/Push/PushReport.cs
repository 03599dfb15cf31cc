namespace LiveViz.Server.Sources.Push;

/// <summary>Counts what became of what one caller sent.</summary>
internal sealed class PushReport
{
    // Enough to see a pattern, and an answer that can be read.
    private const int MostShown = 20;

    private readonly List<PublishRejection> _rejections = [];

    /// <summary>How many samples were taken in.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many samples and texts were refused.</summary>
    public long Refused { get; private set; }

    /// <summary>Which of them, and why: the first 20.</summary>
    public IReadOnlyList<PublishRejection> Rejections => _rejections;

    public void Accept() => Accepted++;

    /// <summary>Notes one that was refused.</summary>
    /// <param name="number">Which it was, counted from 1.</param>
    /// <param name="problem">Why.</param>
    public void Refuse(long number, string problem)
    {
        Refused++;
        if (_rejections.Count < MostShown)
        {
            _rejections.Add(new PublishRejection(number, problem));
        }
    }

    /// <summary>What the caller is told once what was taken in is stored.</summary>
    public PublishResult AsResult() => new() { Stored = Accepted, Refused = Refused, Rejections = Rejections };
}
