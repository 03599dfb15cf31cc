using LiveViz.Sources;

namespace LiveViz.Server.Sources;

/// <summary>How far a source's run has come, and how far of that is stored: between what runs the source and the historian.</summary>
internal sealed class SourceProgress(ISensorSource source, ILogger logger)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;
    private long _run;
    private long _taken;
    private long _told;

    /// <summary>Begins a run: what earlier ones took in is acknowledged no more.</summary>
    /// <param name="run">Cancelled when it is to be begun again.</param>
    public void Begin(CancellationTokenSource run)
    {
        lock (_gate)
        {
            _run++;
            _taken = _told = 0;
            _running = run;
        }
    }

    /// <summary>The run is over.</summary>
    public void End()
    {
        lock (_gate)
        {
            _run++;
            _running = null;
        }
    }

    /// <summary>One more sample stands in the log, or was refused. Called by the thread that runs the source alone.</summary>
    public void Took() => Volatile.Write(ref _taken, _taken + 1);

    /// <summary>Where it stands now: every sample it counts can be found in the log.</summary>
    public Mark Now()
    {
        lock (_gate)
        {
            return new Mark(_run, Volatile.Read(ref _taken));
        }
    }

    /// <summary>Whether someone upstream waits to be told of what has been taken in.</summary>
    public bool HasToAcknowledge
    {
        get
        {
            lock (_gate)
            {
                return source.Acknowledges && _running is not null && Volatile.Read(ref _taken) != _told;
            }
        }
    }

    /// <summary>All that was taken in up to the mark is stored.</summary>
    public void Stored(Mark mark)
    {
        lock (_gate)
        {
            if (_running is null || mark.Run != _run || mark.Taken == _told)
            {
                return;
            }

            _told = mark.Taken;
            try
            {
                source.Committed(mark.Taken);
            }
#pragma warning disable CA1031 // What a source gets wrong is that source's failure alone.
            catch (Exception e)
#pragma warning restore CA1031
            {
                logger.LogError(e, "The source failed to acknowledge what is stored");
            }
        }
    }

    /// <summary>Samples were lost before they could be stored: what can be sent again is asked for again.</summary>
    public void Lost()
    {
        lock (_gate)
        {
            if (source.Acknowledges && _running is not null)
            {
                // What is not acknowledged is not, whatever is stored from now on.
                _run++;
                _running.Cancel();
                _running = null;
            }
        }
    }

    internal readonly record struct Mark(long Run, long Taken);
}
