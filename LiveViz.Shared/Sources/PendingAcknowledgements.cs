namespace LiveViz.Sources;

/// <summary>
/// What a source has yet to acknowledge upstream, in the order in which it came: messages, offsets, marks. Safe to be
/// used by the thread that reads and the one that calls <see cref="ISensorSource.Committed"/> at once.
/// </summary>
/// <typeparam name="T">What is needed to acknowledge one input.</typeparam>
public sealed class PendingAcknowledgements<T>
{
    private readonly Lock _gate = new();
    private readonly Queue<(long Count, T Item)> _items = new();
    private long _committed;

    /// <summary>How many inputs are not acknowledged yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>
    /// Notes an input. To be called before the last of its samples is yielded, so that it is known when that is stored.
    /// Nobody will say so of one without samples that comes when all before it is stored: <see cref="TakeCommitted()"/>
    /// gives it.
    /// </summary>
    /// <param name="count">
    /// How many samples the run will have yielded with all of this input's: for one without samples, as many as before.
    /// </param>
    /// <param name="item">What is needed to acknowledge it.</param>
    public void Add(long count, T item)
    {
        lock (_gate)
        {
            _items.Enqueue((count, item));
        }
    }

    /// <summary>Takes out what may be acknowledged now, oldest first.</summary>
    /// <param name="count">How many samples are stored, as <see cref="ISensorSource.Committed"/> says.</param>
    public IReadOnlyList<T> TakeCommitted(long count)
    {
        lock (_gate)
        {
            _committed = count;
            return TakeCommitted();
        }
    }

    /// <summary>Takes out what may be acknowledged now, oldest first, by what was last said to be stored.</summary>
    public IReadOnlyList<T> TakeCommitted()
    {
        lock (_gate)
        {
            var taken = new List<T>();
            while (_items.TryPeek(out var first) && first.Count <= _committed)
            {
                taken.Add(_items.Dequeue().Item);
            }

            return taken;
        }
    }

    /// <summary>Forgets all, as at the beginning of a run.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _items.Clear();
            _committed = 0;
        }
    }
}
