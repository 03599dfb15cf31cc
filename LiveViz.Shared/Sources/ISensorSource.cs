namespace LiveViz.Sources;

/// <summary>
/// Where samples come from: one protocol, file or device. The server runs each source under supervision:
/// what throws or ends is started again with a growing delay, and its state is shown; it never stops the host.
/// </summary>
public interface ISensorSource
{
    /// <summary>
    /// The sensors known so far, asked for when the source starts and again each time a sample names a sensor
    /// not met before. One that is never listed here is shown by its id alone.
    /// </summary>
    IReadOnlyCollection<Sensor> Sensors => [];

    /// <summary>
    /// True where reaching the end is what the source is meant to do, as a file played once;
    /// it is then not started again.
    /// </summary>
    bool EndsByItself => false;

    /// <summary>
    /// True where <see cref="Committed"/> acknowledges upstream, and what was not acknowledged is sent again when the
    /// source is started again: the server then starts it again where samples were lost before they could be stored.
    /// </summary>
    bool Acknowledges => false;

    /// <summary>How many inputs (rows, messages) it could not make samples of since it was made.</summary>
    long Rejected => 0;

    /// <summary>
    /// Delivers samples until cancelled. Each call starts afresh; an exception is a failure of the source whose
    /// message an operator will read, so it should say what is wrong and where.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the server stops.</param>
    IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Says that the first <paramref name="count"/> samples of the latest <see cref="ReadAsync"/> are stored, or were
    /// refused for good: whoever sent them may be told, and need not send them again. Not called while nothing can be
    /// stored. Called on any thread, one call at a time, with a count that grows; it should only take note
    /// (<see cref="PendingAcknowledgements{T}"/> helps), as it holds up the storing of all samples, and not throw.
    /// </summary>
    /// <param name="count">How many samples, counted from the beginning of the latest <see cref="ReadAsync"/>.</param>
    void Committed(long count)
    {
    }
}
