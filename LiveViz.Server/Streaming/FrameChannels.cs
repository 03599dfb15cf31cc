using System.Runtime.InteropServices;

namespace LiveViz.Server.Streaming;

/// <summary>The channels in use: one for each distinct subscription, for as long as anybody reads it.</summary>
internal sealed class FrameChannels(SensorLog log, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SeriesReductions _reductions = new();
    private readonly Dictionary<FrameKey, (FrameChannel Channel, int Readers)> _inUse = [];

    /// <summary>Finds or opens a channel; to be left.</summary>
    /// <param name="key">What it gives.</param>
    /// <param name="span">How far back the reader looks, in ticks.</param>
    public FrameChannel Join(FrameKey key, long span)
    {
        FrameChannel channel;
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_inUse, key, out _);
            channel = entry.Channel ??= new FrameChannel(key, log, _reductions, time);
            entry.Readers++;
        }

        try
        {
            channel.Open(span);
            return channel;
        }
        catch
        {
            Leave(channel);
            throw;
        }
    }

    /// <summary>Leaves a channel; the last to leave closes it.</summary>
    public void Leave(FrameChannel channel)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_inUse, channel.Key);
            if (--entry.Readers == 0)
            {
                _inUse.Remove(channel.Key);
                channel.Dispose();
            }
        }
    }
}
