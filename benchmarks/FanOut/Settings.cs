namespace LiveViz.FanOut;

/// <summary>
/// What one run is made of. A scenario gives these values; what is given on the command line wins.
/// </summary>
internal sealed record Settings
{
    /// <summary>What the clients speak.</summary>
    public Dialect Via { get; set; } = Dialect.Hub;

    public int Clients { get; set; } = 1;

    /// <summary>How many clients read what they receive; the others only count it.</summary>
    public int Sampled { get; set; } = 10;

    /// <summary>Clients of a hundred that stop reading when the measurement begins.</summary>
    public int Stalled { get; set; }

    public int Sensors { get; set; } = 100;

    /// <summary>Samples a second of each sensor.</summary>
    public double Rate { get; set; } = 100;

    /// <summary>Whether values are rounded to a hundredth, as an instrument of that resolution gives them.</summary>
    public bool Round { get; set; }

    public double WindowSeconds { get; set; }

    public int Width { get; set; }

    public double FramesPerSecond { get; set; } = 20;

    /// <summary>Whether values of 32 bits will do.</summary>
    public bool Single { get; set; }

    /// <summary>Seconds between the last client's connecting and the measurement.</summary>
    public double Warmup { get; set; } = 5;

    /// <summary>How long is measured.</summary>
    public double Seconds { get; set; } = 15;

    /// <summary>Threads on which the load tool reads.</summary>
    public int Threads { get; set; } = 2;

    /// <summary>The server's port. Set by the program itself.</summary>
    public int Port { get; set; }

    /// <summary>The server's process. Set by the program itself.</summary>
    public int ServerProcess { get; set; }

    public FrameRequest Request => new() { WindowSeconds = WindowSeconds, Width = Width, FramesPerSecond = FramesPerSecond, SinglePrecision = Single };

    /// <summary>Whether every sample is to come, and so can be counted against the source.</summary>
    public bool EverySample => Via is not (Dialect.Hub or Dialect.Raw) || Width == 0 || WindowSeconds == 0;

    public double SourceRate => Sensors * Rate;
}
