using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Streaming;

/// <summary>
/// The newest samples of every sensor, in memory, within one bound for all. Readers are cursors: a number each,
/// that nobody waits for. A sample's address is (<see cref="Epoch"/>, sensor, sequence).
/// </summary>
public sealed class SensorLog
{
    private readonly ConcurrentDictionary<string, SensorSeries> _byId = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly int _budget;
    private ImmutableArray<SensorSeries> _all = [];
    private int _blocks;

    /// <summary>Makes an empty log of a new epoch.</summary>
    public SensorLog(IOptions<LiveVizOptions> options, TimeProvider time)
    {
        StaleAfter = options.Value.StaleAfter;
        _budget = (int)((long)options.Value.LogMegabytes * 1024 * 1024 / LogBlock.Bytes);
        Epoch = time.GetUtcNow().UtcTicks;
    }

    /// <summary>
    /// Which life of the log a sequence belongs to: the time it was made, in ticks. After a restart sequences
    /// begin again at 1, and nothing read before can be continued.
    /// </summary>
    public long Epoch { get; }

    /// <summary>Every series, by index; grows, never shrinks.</summary>
    public ImmutableArray<SensorSeries> All
    {
        get
        {
            lock (_gate)
            {
                return _all;
            }
        }
    }

    /// <summary>How many samples it holds at most.</summary>
    internal long Capacity => (long)_budget * LogBlock.Size;

    /// <summary>How many samples were appended since the start.</summary>
    public long Appended => All.Sum(series => series.Next - 1);

    /// <summary>The least silence after which a sensor counts as stale.</summary>
    internal TimeSpan StaleAfter { get; }

    /// <summary>Finds a sensor's series.</summary>
    public bool TryGet(string id, [NotNullWhen(true)] out SensorSeries? series) => _byId.TryGetValue(id, out series);

    /// <summary>Opens a series for a sensor, or finds the one it has.</summary>
    /// <returns>False where memory is too short for one more sensor.</returns>
    internal bool TryAdd(Sensor sensor, [NotNullWhen(true)] out SensorSeries? series)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(sensor.Id, out series))
            {
                return true;
            }

            // Each series needs a block it fills and, so that a reader finds anything, one before it.
            if ((_all.Length + 1) * 2 > _budget)
            {
                return false;
            }

            series = new SensorSeries(this, sensor, _all.Length);
            _all = _all.Add(series);
            _byId[sensor.Id] = series;
            return true;
        }
    }

    /// <summary>Gives a series its next block: a new one within the bound, then the oldest of whoever has most.</summary>
    internal LogBlock Allocate(SensorSeries series, long number)
    {
        lock (_gate)
        {
            LogBlock block;
            if (_blocks < _budget)
            {
                _blocks++;
                block = new LogBlock();
            }
            else
            {
                block = Richest(series).Pop();
            }

            series.Push(block, number);
            return block;
        }
    }

    private SensorSeries Richest(SensorSeries asking)
    {
        var richest = asking;
        foreach (var series in _all)
        {
            if (series.BlockCount > richest.BlockCount)
            {
                richest = series;
            }
        }

        return richest;
    }
}
