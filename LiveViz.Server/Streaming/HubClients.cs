namespace LiveViz.Server.Streaming;

/// <summary>Counts who is connected to the hub.</summary>
internal sealed class HubClients
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Joined() => Interlocked.Increment(ref _count);

    public void Left() => Interlocked.Decrement(ref _count);
}
