namespace LiveViz.Charts;

/// <summary>What a sample, or the lack of one, says of its sensor.</summary>
internal enum SampleState
{
    /// <summary>Nothing has come for unusually long, nothing yet, or it is not given.</summary>
    NoData,

    /// <summary>Within its normal range, or no such range is known.</summary>
    Normal,

    /// <summary>Quality uncertain, within the normal range.</summary>
    Uncertain,

    /// <summary>Below its normal range.</summary>
    Low,

    /// <summary>Above its normal range.</summary>
    High,

    /// <summary>Quality bad, or no value.</summary>
    Bad,
}
