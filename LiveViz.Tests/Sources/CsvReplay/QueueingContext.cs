namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>Runs what is posted to it one after the other on the caller's thread, and counts the turns.</summary>
internal sealed class QueueingContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = [];

    public int Turns { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    /// <summary>Runs work that waits for nothing but its turn.</summary>
    public void Run(Func<Task> work)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            for (; _queue.TryDequeue(out var next); Turns++)
            {
                next.Callback(next.State);
            }

            Assert.True(task.IsCompleted);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
