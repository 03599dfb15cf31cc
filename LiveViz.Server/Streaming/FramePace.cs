namespace LiveViz.Server.Streaming;

/// <summary>
/// Judges whether a reader keeps up, by the age that the next frame has when it comes to take it. One that was held
/// up once is brought up to date and goes on as before; one that cannot keep up is given coarser frames, and finer
/// ones again when it has kept up with those for a while.
/// </summary>
internal sealed class FramePace
{
    /// <summary>How many steps coarser than asked for there are.</summary>
    public const int MostCoarse = 4;

    private static readonly long ShortestPatience = TimeSpan.TicksPerSecond;
    private static readonly long Soon = 10 * TimeSpan.TicksPerSecond;
    private static readonly long LongestProbation = 16 * Soon;

    private long _behindAt = long.MinValue / 2;
    private long _steadySince;
    private long _finerAt = long.MinValue / 2;
    private long _probation = Soon;

    /// <summary>How many steps coarser than asked for; 0 at first.</summary>
    public int Level { get; private set; }

    /// <summary>From which age of the next frame on a reader is behind, in ticks.</summary>
    public static long Patience(long periodTicks) => Math.Max(ShortestPatience, 4 * periodTicks);

    /// <summary>Judges.</summary>
    /// <param name="next">The frame that the reader would be given next; null where it is no longer kept.</param>
    /// <param name="periodTicks">How far apart frames are made.</param>
    /// <param name="now">The time, in ticks of the clock by which frames are made.</param>
    /// <returns>Whether it is behind, and is to be brought up to date, at the level that <see cref="Level"/> says now.</returns>
    public bool IsBehind(SharedFrame? next, long periodTicks, long now)
    {
        var patience = Patience(periodTicks);
        var age = next is null ? long.MaxValue : now - next.Made;
        if (age > patience)
        {
            Slower(now);
            return true;
        }

        if (Level > 0 && now - _steadySince >= _probation)
        {
            Level--;
            _finerAt = _steadySince = now;
        }

        // Late, if not yet behind: no time to ask for more.
        _steadySince = age > patience / 2 ? now : _steadySince;
        return false;
    }

    private void Slower(long now)
    {
        if (now - _behindAt < Soon && Level < MostCoarse)
        {
            // Failed where it was tried a moment ago: not tried again so soon.
            _probation = now - _finerAt < LongestProbation ? Math.Min(2 * _probation, LongestProbation) : Soon;
            Level++;
        }

        _behindAt = _steadySince = now;
    }
}
