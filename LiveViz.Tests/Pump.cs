using System.Collections.Concurrent;

namespace LiveViz.Tests;

/// <summary>
/// Runs what asynchronous code does next on the thread of the test and at once, so that a test which moves a
/// clock by hand sees all that follows from it before the next line, and never has to wait.
/// </summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _queue = new();

    public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
