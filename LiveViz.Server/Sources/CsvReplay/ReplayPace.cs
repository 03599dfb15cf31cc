namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>
/// Says when a row is due: its recorded distance from the first row, divided by the speed, after the first row
/// was played. Always counted from there, so that errors do not add up; not before its time, whole milliseconds
/// late at most.
/// </summary>
/// <param name="speed">Times as fast as recorded; 0 never waits.</param>
/// <param name="time">The clock to go by.</param>
internal sealed class ReplayPace(double speed, TimeProvider time)
{
    // A timer takes no more than 49 days.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    private DateTime? _first;
    private long _started;

    /// <summary>
    /// Waits until a row is due. A row that is due already, as one that is out of order, is not waited for; a long
    /// pause in the recording is waited out like any other.
    /// </summary>
    /// <param name="recorded">The row's time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask WaitAsync(DateTime recorded, CancellationToken cancellationToken)
    {
        if (speed <= 0)
        {
            return;
        }

        if (_first is null)
        {
            _first = recorded;
            _started = time.GetTimestamp();
        }

        // A conversion from double saturates, so a tiny speed waits for as long as there is.
        var due = TimeSpan.FromTicks((long)((recorded - _first.Value).Ticks / speed));
        for (var wait = due - time.GetElapsedTime(_started); wait > TimeSpan.Zero; wait = due - time.GetElapsedTime(_started))
        {
            var delay = wait < LongestDelay ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : LongestDelay;
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
