using System.Runtime.InteropServices;

namespace LiveViz.Server.Streaming;

/// <summary>The reductions in use: one for each sensor and width of buckets, for as long as anybody reads it.</summary>
internal sealed class SeriesReductions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(SensorSeries Series, long BucketTicks), (SeriesReduction Reduction, int Users)> _inUse = [];

    /// <summary>Finds or makes a reduction; to be given back.</summary>
    public SeriesReduction Rent(SensorSeries series, long bucketTicks)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_inUse, (series, bucketTicks), out _);
            entry.Reduction ??= new SeriesReduction(series, bucketTicks);
            entry.Users++;
            return entry.Reduction;
        }
    }

    /// <summary>Gives one back.</summary>
    public void Return(SensorSeries series, long bucketTicks)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_inUse, (series, bucketTicks));
            if (--entry.Users == 0)
            {
                _inUse.Remove((series, bucketTicks));
            }
        }
    }
}
