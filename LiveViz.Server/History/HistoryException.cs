namespace LiveViz.Server.History;

/// <summary>Samples cannot be stored, or history not be read, now.</summary>
/// <param name="message">Why, in words for an operator; without the full stop that it may have from elsewhere, as it is set into sentences.</param>
/// <param name="isFull">Whether the disk is full.</param>
/// <param name="inner">What it came from.</param>
public sealed class HistoryException(string message, bool isFull = false, Exception? inner = null) : Exception(message.TrimEnd('.'), inner)
{
    /// <summary>Whether the disk is full; else the store cannot be reached, or fails.</summary>
    public bool IsFull { get; } = isFull;
}
