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

    /// <summary>How many inputs (rows, messages) it could not make samples of since it was made.</summary>
    long Rejected => 0;

    /// <summary>
    /// Delivers samples until cancelled. Each call starts afresh; an exception is a failure of the source whose
    /// message an operator will read, so it should say what is wrong and where.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the server stops.</param>
    IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken);
}
