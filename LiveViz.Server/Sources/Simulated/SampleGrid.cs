namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// Which samples are due: number n at start + n / rate, rounded down to 100 ns, without drift. Samples are caught
/// up with after a pause of up to <see cref="LongestCatchUp"/>; what a longer one missed is lost, as in an outage.
/// </summary>
/// <param name="start">When sample 0 is due, UTC.</param>
/// <param name="rate">Samples a second.</param>
internal sealed class SampleGrid(DateTime start, int rate)
{
    /// <summary>The longest pause whose samples are delivered afterwards.</summary>
    public static readonly TimeSpan LongestCatchUp = TimeSpan.FromSeconds(5);

    private DateTime _origin = start;

    /// <summary>The number of the next sample to deliver.</summary>
    public long Next { get; private set; }

    /// <summary>When sample <paramref name="number"/> is due, UTC. Whole seconds apart from the rest, so that nothing overflows.</summary>
    public DateTime TimeOf(long number)
    {
        var (seconds, samples) = Math.DivRem(number, rate);
        return _origin.AddTicks((seconds * TimeSpan.TicksPerSecond) + (samples * TimeSpan.TicksPerSecond / rate));
    }

    /// <summary>Takes what is due at <paramref name="now"/>: from <paramref name="first"/> up to and without <see cref="Next"/>.</summary>
    /// <returns>
    /// By how much the clock and the samples were apart if that was too much to catch up with: positive after a
    /// pause, negative after the clock was set back; zero if all is well.
    /// </returns>
    public TimeSpan Take(DateTime now, out long first)
    {
        var apart = now - TimeOf(Next);
        if (apart > LongestCatchUp)
        {
            first = LastDue(now);
        }
        else if (apart < -LongestCatchUp)
        {
            // Waiting until the clock is back where it was could take forever: the numbers go on from now.
            _origin += apart;
            first = Next;
        }
        else
        {
            apart = TimeSpan.Zero;
            first = Next;
        }

        Next = Math.Max(first, LastDue(now) + 1);
        return apart;
    }

    /// <summary>How long from <paramref name="now"/> until the next sample is due, whole milliseconds rounded up; not below 0.</summary>
    public TimeSpan UntilNext(DateTime now)
    {
        var wait = (TimeOf(Next) - now).Ticks;
        return TimeSpan.FromMilliseconds(Math.Max(0, (wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond));
    }

    // The largest n with floor(n * 10^7 / rate) <= elapsed ticks.
    private long LastDue(DateTime now)
    {
        var elapsed = (now - _origin).Ticks;
        return elapsed < 0 ? -1 : (long)(((((Int128)elapsed + 1) * rate) - 1) / TimeSpan.TicksPerSecond);
    }
}
