using LiveViz.Feeds;

namespace LiveViz.Server.Streaming;

/// <summary>
/// Brings one reader of a channel to where a frame of the channel goes on: from the beginning of its window, or from
/// what it already has.
/// </summary>
internal sealed class FrameFill
{
    private readonly FrameChannel _channel;
    private readonly SharedFrame _at;
    private readonly long?[]? _have;
    private readonly long _window;
    private readonly long _now;
    private readonly int _named;
    private readonly FrameWriter _writer;
    private readonly ColumnEncoder _encoder;

    /// <summary>Prepares to fill.</summary>
    /// <param name="channel">The channel that is read.</param>
    /// <param name="at">The channel's frame to come to.</param>
    /// <param name="have">
    /// For each sensor, in the channel's order, the sequence up to before which the reader has samples; null for one
    /// it has never heard of. Null for a reader that has nothing, or is to forget it.
    /// </param>
    /// <param name="window">How much of the past the reader wants, in ticks; 0 for none.</param>
    /// <param name="named">How many of the sensors the stream has named already.</param>
    /// <param name="now">The server's clock, in ticks.</param>
    public FrameFill(FrameChannel channel, SharedFrame at, long?[]? have, long window, int named, long now)
    {
        _channel = channel;
        _at = at;
        _window = window;
        _now = now;
        _named = named;
        _have = have is not null && CanGoOn(channel, have) ? have : null;
        _writer = new FrameWriter(channel.Key.BucketTicks, channel.Key.Single);
        _encoder = new ColumnEncoder(_writer);
    }

    /// <summary>Whether the reader is to forget what it had.</summary>
    public bool IsRefill => _have is null;

    /// <summary>What has been written so far.</summary>
    public FrameAccount Account => _encoder.Account;

    /// <summary>Writes the frames, each when it is asked for.</summary>
    public IEnumerable<byte[]> Write(long epoch)
    {
        var isFirst = true;
        for (var i = 0; i < _at.Ends.Length; i++)
        {
            var column = _channel.Columns[i];
            var from = Had(i);
            var end = EndOf(i);
            var marks = (i < _named && !IsRefill ? ColumnMarks.None : ColumnMarks.Named)
                | (column.Series.IsStale(_now) ? ColumnMarks.Stale : ColumnMarks.None);
            do
            {
                from = _encoder.Write(column, from, end, NotBefore(column), marks, _now);
                if (_writer.Length >= ChannelColumns.LongestFrame)
                {
                    yield return _writer.Finish(epoch, _now, IsRefill && isFirst);
                    isFirst = false;
                }
            }
            while (from < end);
        }

        if (_writer.Count > 0 || isFirst)
        {
            yield return _writer.Finish(epoch, _now, IsRefill && isFirst);
        }
    }

    /// <summary>Where the reader stands then, in the channel's order; null where that is where the frame stands.</summary>
    public long?[]? Ahead()
    {
        var ends = new long?[Math.Max(_at.Ends.Length, _have?.Length ?? 0)];
        var isAhead = ends.Length > _at.Ends.Length;
        for (var i = 0; i < ends.Length; i++)
        {
            ends[i] = i < _at.Ends.Length ? EndOf(i) : Had(i);
            isAhead |= i < _at.Ends.Length && ends[i] > _at.Ends[i];
        }

        return isAhead ? ends : null;
    }

    private long? Had(int i) => _have is not null && i < _have.Length ? _have[i] : null;

    /// <summary>A reader that had finer frames may have more than coarser ones say yet: it is not told again.</summary>
    private long EndOf(int i) => Math.Max(_at.Ends[i], Had(i) ?? 0);

    private long NotBefore(ChannelColumn column)
    {
        if (_window > 0)
        {
            return column.Series.WindowStart(_window, _now);
        }

        // Who wants nothing of the past wants all that came while it was reading.
        return IsRefill ? long.MaxValue : long.MinValue;
    }

    private static bool CanGoOn(FrameChannel channel, long?[] have)
    {
        var columns = channel.Columns;
        for (var i = 0; i < have.Length && i < columns.Length; i++)
        {
            // Late samples were put in their place since: the reader cannot be given them in the order of time.
            if (have[i] is { } next && columns[i].Reduction is { } reduction && next < reduction.SortedTo)
            {
                return false;
            }
        }

        return true;
    }
}
