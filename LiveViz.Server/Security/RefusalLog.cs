namespace LiveViz.Server.Security;

/// <summary>
/// Logs what is refused, without letting whoever is refused fill the log: the first of a kind from a caller, and then
/// at most one a minute that says how many there were.
/// </summary>
internal sealed class RefusalLog(TimeProvider time, ILogger<RefusalLog> logger)
{
    // From a thousand callers in a minute, more lines would say nothing new.
    private const int MostRemembered = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Caller, string Kind), (DateTimeOffset Logged, int Since)> _refusals = [];

    /// <summary>Notes that something was refused.</summary>
    /// <param name="caller">Who was refused.</param>
    /// <param name="kind">What kind of thing was refused; few are known.</param>
    /// <param name="message">What the caller is told.</param>
    public void Note(string caller, string kind, string message)
    {
        var now = time.GetUtcNow();
        var since = 0;
        lock (_gate)
        {
            if (_refusals.TryGetValue((caller, kind), out var last))
            {
                since = last.Since + 1;
                if (now - last.Logged < Pause)
                {
                    _refusals[(caller, kind)] = last with { Since = since };
                    return;
                }
            }
            else if (_refusals.Count >= MostRemembered && !Forget(now))
            {
                return;
            }

            _refusals[(caller, kind)] = (now, 0);
        }

        if (since == 0)
        {
            logger.LogWarning("Refused {Caller}: {Refusal}", caller, message);
        }
        else
        {
            logger.LogWarning("Refused {Caller}, {Count} times more: {Refusal}", caller, since, message);
        }
    }

    private bool Forget(DateTimeOffset now)
    {
        foreach (var (key, _) in _refusals.Where(refusal => now - refusal.Value.Logged >= Pause).ToList())
        {
            _refusals.Remove(key);
        }

        return _refusals.Count < MostRemembered;
    }
}
