namespace LiveViz.Tests.Services.Values;

/// <summary>What a bare number in the place of a time counts at a door.</summary>
internal enum TimeCount
{
    /// <summary>It is recognised by its size.</summary>
    Recognised,

    /// <summary>Nanoseconds.</summary>
    Nanoseconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>There are no bare numbers there.</summary>
    None,
}
