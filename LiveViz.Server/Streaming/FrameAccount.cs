namespace LiveViz.Server.Streaming;

/// <summary>For how many samples something that is given stands, and how.</summary>
/// <param name="Given">Samples given as they are.</param>
/// <param name="Reduced">Samples that those stand for.</param>
/// <param name="LeftOut">Samples stated as not given.</param>
internal readonly record struct FrameAccount(long Given, long Reduced, long LeftOut)
{
    public static FrameAccount operator +(FrameAccount one, FrameAccount other) =>
        new(one.Given + other.Given, one.Reduced + other.Reduced, one.LeftOut + other.LeftOut);
}
