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
    /// <param name="now">The server's clock, in ticks.</param>
    public FrameFill(FrameChannel channel, SharedFrame at, long?[]? have, long window, long now)
    {
        _channel = channel;
        _at = at;
        _window = window;
        _now = now;
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
            var end = _at.Ends[i];
            var from = _have is not null && i < _have.Length && _have[i] is { } next ? Math.Min(next, end) : (long?)null;
            var marks = ColumnMarks.Named | (column.Series.IsStale(_now) ? ColumnMarks.Stale : ColumnMarks.None);
            do
            {
                from = _encoder.Write(column, from, end, NotBefore(column), marks, _now);
                if (_writer.Length >= FrameChannel.LongestFrame)
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
