namespace LiveViz.FanOut.Load;

/// <summary>Reads what one client's WebSocket messages hold.</summary>
internal interface IPayload
{
    /// <summary>Takes in some bytes of a message.</summary>
    void Add(ReadOnlySpan<byte> part);

    /// <summary>Takes note that a message is over.</summary>
    /// <param name="ticks">When its last byte came, UTC.</param>
    void End(long ticks);
}
