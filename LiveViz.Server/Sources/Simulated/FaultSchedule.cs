namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// Which instrument fails when, and how. It is driven by simulated time and random numbers of its own, so that it
/// is the same at every sampling rate.
/// </summary>
internal sealed class FaultSchedule
{
    private const double ShortestGap = FactoryModel.StepSeconds; // so that the tiniest mean still ends

    private readonly IReadOnlyList<Channel> _channels;
    private readonly double _meanGap;
    private readonly Fault?[] _active;
    private SplitMix64 _random;
    private double _nextStart; // seconds of simulated time

    /// <param name="channels">The instruments of the factory.</param>
    /// <param name="meanGap">Mean time from the start of a fault to the next one's in seconds; 0 for none at all.</param>
    /// <param name="seed">Fixes the schedule.</param>
    public FaultSchedule(IReadOnlyList<Channel> channels, double meanGap, ulong seed)
    {
        _channels = channels;
        _meanGap = meanGap;
        _active = new Fault?[channels.Count];
        _random = new SplitMix64(seed);
        _nextStart = meanGap > 0 ? NextGap() : double.PositiveInfinity;
    }

    /// <summary>The fault of each instrument now, null where it is well.</summary>
    public ReadOnlySpan<Fault?> Active => _active;

    /// <summary>Ends and begins what is due at <paramref name="step"/>; to be called for each step in turn.</summary>
    public void MoveTo(long step)
    {
        for (var i = 0; i < _active.Length; i++)
        {
            if (_active[i]?.End <= step)
            {
                _active[i] = null;
            }
        }

        while (_nextStart <= step * FactoryModel.StepSeconds)
        {
            Begin(step);
            _nextStart += NextGap();
        }
    }

    // Even between 0.4 and 1.6 of the mean, not exponential: the first fault is then certain to come soon
    // enough to be seen, and there are neither long quiet spells nor heaps.
    private double NextGap() => Math.Max(ShortestGap, _meanGap * _random.NextBetween(0.4, 1.6));

    private void Begin(long step)
    {
        // All numbers are drawn whatever becomes of them, so that one fault does not change the next.
        var sensor = (int)_random.NextBetween(0, _channels.Count);
        var kind = (FaultKind)(int)_random.NextBetween(0, Enum.GetValues<FaultKind>().Length);
        var length = _random.NextUniform();
        var size = _random.NextUniform();
        var side = _random.NextUniform();
        if (_active[sensor] is not null)
        {
            return;
        }

        // Seconds. A dropout must be longer than the Bad samples at its edges at one sample a second.
        var (shortest, longest) = kind switch
        {
            FaultKind.Spike => (5.0, 10.0),
            FaultKind.Dropout => (10.0, 40.0),
            FaultKind.Drift => (20.0, 40.0),
            _ => (8.0, 40.0),
        };
        var seconds = shortest + ((longest - shortest) * length);
        _active[sensor] = new Fault(
            kind,
            step,
            step + (long)(seconds * FactoryModel.StepsPerSecond),
            Magnitude(_channels[sensor], kind, size, side));
    }

    private static double Magnitude(Channel channel, FaultKind kind, double size, double side)
    {
        var width = channel.Normal.High - channel.Normal.Low;
        if (kind == FaultKind.Noise)
        {
            return width * (0.15 + (0.1 * size));
        }

        // More than the width of Normal, so that it leaves Normal from wherever in it the true value is, and to a
        // side where the instrument can show it.
        var above = channel.Range.High - channel.Normal.High;
        var below = channel.Normal.Low - channel.Range.Low;
        var up = Math.Min(above, below) >= 0.4 * width ? side < 0.5 : above > below;
        return width * (1.2 + (0.3 * size)) * (up ? 1 : -1);
    }
}
