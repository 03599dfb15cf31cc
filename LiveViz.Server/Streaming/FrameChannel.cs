using System.Collections.Immutable;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Makes the frames of one distinct subscription: each once, for all its readers, who take them at their own pace.
/// It keeps the last few; whoever falls further behind goes on from the log.
/// </summary>
internal sealed class FrameChannel : IDisposable
{
    // Also when there is no news: a reader must be able to tell silence from a lost connection.
    private static readonly long Heartbeat = TimeSpan.TicksPerSecond;

    // How often it is looked whether there is news, where frames are wanted more seldom: a sample that comes after a
    // pause is then given at once, and does not wait for a beat of the clock that has nothing to do with it.
    private static readonly long LongestWait = 50 * TimeSpan.TicksPerMillisecond;

    private readonly FrameKey _key;
    private readonly TimeProvider _time;
    private readonly ChannelColumns _columns;
    private readonly Lock _gate = new();
    private readonly Lock _opening = new();
    private readonly SharedFrame?[] _recent;
    private readonly CancellationTokenSource _closing = new();
    private TaskCompletionSource _next = NewSignal();
    private SharedFrame _newest;
    private long _due;
    private bool _isWoken;
    private bool _isOpen;
    private bool _hasFailed;

    public FrameChannel(FrameKey key, SensorLog log, SeriesReductions reductions, TimeProvider time)
    {
        _key = key;
        _time = time;
        _columns = new ChannelColumns(key, log, reductions, time);
        // For as long as a reader may be behind, and as long again.
        _recent = new SharedFrame[2 + 2 * (FramePace.Patience(key.PeriodTicks) / key.PeriodTicks)];
        _newest = new SharedFrame(0, Elapsed, [], [], false, 0, default);
    }

    /// <summary>What it was made for.</summary>
    public FrameKey Key => _key;

    /// <summary>The newest frame.</summary>
    public SharedFrame Newest
    {
        get
        {
            lock (_gate)
            {
                return _newest;
            }
        }
    }

    /// <summary>Its sensors, as many as <see cref="SharedFrame.Ends"/> has and perhaps newer ones.</summary>
    public ImmutableArray<ChannelColumn> Columns => _columns.All;

    private long Wait => Math.Min(_key.PeriodTicks, LongestWait);

    // Paces what is done, however the server's clock is set meanwhile.
    private long Elapsed => _time.GetElapsedTime(0).Ticks;

    private long NowTicks => _time.GetUtcNow().UtcTicks;

    /// <summary>
    /// Begins to make frames, if it has not, and sees to it that a reader finds in them what it looks back for.
    /// </summary>
    /// <param name="window">How far back the reader looks, in ticks.</param>
    public void Open(long window)
    {
        lock (_opening)
        {
            ObjectDisposedException.ThrowIf(_hasFailed, this);
            try
            {
                _columns.Cover(window, NowTicks);
                if (_isOpen)
                {
                    return;
                }

                Tick(NowTicks, isFirst: true);
                _isOpen = true;
            }
            catch
            {
                Fail();
                throw;
            }

            // What is current at the caller, as the request being served, must not be kept by what outlives it.
            using (ExecutionContext.SuppressFlow())
            {
                _ = RunAsync(_closing.Token);
            }
        }
    }

    /// <summary>Has the readers look within 50 ms whether they are still wanted.</summary>
    public void Wake() => Volatile.Write(ref _isWoken, true);

    /// <summary>Makes no more frames.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    /// <summary>The frame after one, as soon as it is made; null where it is no longer kept.</summary>
    public async ValueTask<SharedFrame?> AfterAsync(SharedFrame frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_newest.Number > frame.Number)
                {
                    var kept = _recent[(frame.Number + 1) % _recent.Length];
                    return kept?.Number == frame.Number + 1 ? kept : null;
                }

                next = _next.Task;
            }

            // Not waited for with the token: that costs each reader an object and a detour a frame. A reader that is
            // cancelled is woken by the channel's own timer.
            await next;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task RunAsync(CancellationToken closing)
    {
        try
        {
            using var timer = new PeriodicTimer(new TimeSpan(Wait), _time);
            while (await timer.WaitForNextTickAsync(closing))
            {
                // One frame may come early (a token bucket of two): so frames fall in with samples that come as often
                // as they do, and do not each wait for a beat of their own. A timer is never quite on time either.
                if (Elapsed + _key.PeriodTicks + Wait / 2 >= _due)
                {
                    Tick(NowTicks, isFirst: false);
                }

                if (Volatile.Read(ref _isWoken))
                {
                    Volatile.Write(ref _isWoken, false);
                    Signal(frame: null);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Its last reader has left.
        }
#pragma warning disable CA1031 // Whatever it is, the readers must hear of it: their streams end with it, and are logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (_gate)
            {
                _hasFailed = true;
                _next.TrySetException(e);
            }
        }
        finally
        {
            _columns.Return();
        }
    }

    /// <summary>Lets nobody join who would wait for frames that never come.</summary>
    private void Fail()
    {
        _hasFailed = true;
        if (!_isOpen)
        {
            _columns.Return();
        }
    }

    private void Tick(long now, bool isFirst)
    {
        var news = _columns.Take(now, isFirst);
        // What says that there is no news must not keep waiting what comes a moment later.
        _due = news.HasAny ? Math.Max(Elapsed, _due) + _key.PeriodTicks : _due;
        if (!news.HasAny && Elapsed - _newest.Made >= Math.Max(Heartbeat, _key.PeriodTicks))
        {
            news = news with { Parts = [_columns.Nothing(now)] };
        }

        if (news.HasAny || news.Parts.Length > 0)
        {
            Signal(new SharedFrame(_newest.Number + 1, Elapsed, news.Parts, news.Ends, news.NeedsRefill, news.Placed, news.Account));
        }
    }

    /// <summary>Wakes the readers, for a frame or to look whether they are still wanted.</summary>
    private void Signal(SharedFrame? frame)
    {
        TaskCompletionSource next;
        lock (_gate)
        {
            if (frame is not null)
            {
                _newest.ForgetFills();
                _newest = frame;
                _recent[frame.Number % _recent.Length] = frame;
            }

            next = _next;
            _next = NewSignal();
        }

        next.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
