namespace LiveViz.Server.Sources.Simulated;

/// <summary>One factory: its model, its faults and its instruments, moved through simulated time together.</summary>
internal sealed class Factory
{
    private readonly FactoryModel _model;
    private readonly FaultSchedule _faults;
    private readonly Instrument[] _instruments;
    private long _step = -1;

    /// <param name="copy">Its number among the copies, from 1; from 2 on its sensors are told apart by "line-2-" and "Line 2".</param>
    /// <param name="options">How fast it is sampled and how often something fails.</param>
    public Factory(int copy, SimulatedOptions options)
    {
        var seed = SplitMix64.At(unchecked((ulong)options.Seed), (ulong)copy);
        _model = new FactoryModel(SplitMix64.At(seed, 0));
        _faults = new FaultSchedule(Channels.All, options.MeanTimeBetweenFaults, SplitMix64.At(seed, 1));
        _instruments =
        [
            .. Channels.All.Select((channel, i) =>
                new Instrument(channel, Describe(channel, copy), SplitMix64.At(seed, 2 + (ulong)i), options.Rate)),
        ];

        // Instruments interpolate towards the next step: this gives them the one to start from.
        StepInstruments();
    }

    /// <summary>Its instruments, in the order of <see cref="Channels.All"/>.</summary>
    public ReadOnlySpan<Instrument> Instruments => _instruments;

    /// <summary>What is known of the sensors of copy <paramref name="copy"/>, without simulating anything.</summary>
    public static IEnumerable<Sensor> Describe(int copy) => Channels.All.Select(channel => Describe(channel, copy));

    /// <summary>Moves on until <paramref name="step"/> is the step that samples are taken in.</summary>
    public void MoveTo(long step)
    {
        while (_step < step)
        {
            _step++;
            _model.Step();
            _faults.MoveTo(_step);
            StepInstruments();
        }
    }

    private void StepInstruments()
    {
        for (var i = 0; i < _instruments.Length; i++)
        {
            _instruments[i].Step(_model, _faults.Active[i]);
        }
    }

    private static Sensor Describe(Channel channel, int copy) => new()
    {
        Id = copy == 1 ? channel.Id : $"line-{copy}-{channel.Id}",
        Name = copy == 1 ? channel.Name : $"Line {copy} {char.ToLowerInvariant(channel.Name[0])}{channel.Name[1..]}",
        Unit = channel.Unit,
        Group = copy == 1 ? channel.Area : $"Line {copy} {char.ToLowerInvariant(channel.Area[0])}{channel.Area[1..]}",
        Range = channel.Range,
        Normal = channel.Normal,
        Resolution = Math.Round(Math.Pow(10, -channel.Digits), channel.Digits),
    };
}
