namespace LiveViz.Server.History;

/// <summary>Samples on their way into history past the log, and what became of them. Stored a slice at a time, between what is live.</summary>
internal sealed class HistoryImport
{
    private readonly TaskCompletionSource<ImportCount> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<(Sensor Sensor, Samples Samples)> _rest = new();
    private int _begun; // how many of the first of the rest are stored

    /// <summary>Makes one of samples of sensors, each as they came.</summary>
    /// <param name="batch">The sensors as they are known where the store does not know them, and their samples.</param>
    public HistoryImport(IEnumerable<(Sensor Sensor, SampleList Samples)> batch)
    {
        foreach (var (sensor, samples) in batch.Where(part => part.Samples.Count > 0))
        {
            var sorted = samples.ToSamples();
            Count += sorted.Count < samples.Count ? Repeated(samples) : default;
            _rest.Enqueue((sensor, sorted));
        }
    }

    /// <summary>Is done when all of it is stored.</summary>
    public Task<ImportCount> Done => _done.Task;

    /// <summary>What became of those that are stored.</summary>
    public ImportCount Count { get; set; }

    /// <summary>The next samples to be stored together, no more than so many; none where all are.</summary>
    public List<(Sensor Sensor, Samples Samples)> Next(int most)
    {
        var slice = new List<(Sensor, Samples)>();
        while (most > 0 && _rest.TryPeek(out var next))
        {
            var end = Math.Min(next.Samples.Count, _begun + most);
            slice.Add((next.Sensor, next.Samples.Slice(_begun, end)));
            most -= end - _begun;
            _begun = end;
            if (end == next.Samples.Count)
            {
                _rest.Dequeue();
                _begun = 0;
            }
        }

        return slice;
    }

    /// <summary>Of several of the same time in the batch, all but the last.</summary>
    private static ImportCount Repeated(SampleList samples)
    {
        var last = new Dictionary<long, int>(samples.Count);
        long replaced = 0, unchanged = 0;
        for (var i = 0; i < samples.Count; i++)
        {
            if (last.TryGetValue(samples.Ticks[i], out var j))
            {
                var isSame = samples.Values[i].Equals(samples.Values[j]) && samples.Marks[i].Quality() == samples.Marks[j].Quality();
                (replaced, unchanged) = isSame ? (replaced, unchanged + 1) : (replaced + 1, unchanged);
            }

            last[samples.Ticks[i]] = i;
        }

        return new ImportCount(0, replaced, unchanged);
    }

    /// <summary>All of it is stored, or it failed.</summary>
    public void End(Exception? failure)
    {
        if (failure is null)
        {
            _done.TrySetResult(Count);
        }
        else
        {
            _done.TrySetException(failure);
        }
    }
}
