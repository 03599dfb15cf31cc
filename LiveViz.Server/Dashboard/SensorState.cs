namespace LiveViz.Server.Dashboard;

/// <summary>What an operator has to know of a sensor at a glance; the later, the more it matters.</summary>
public enum SensorState
{
    /// <summary>Within its normal range, or no such range is known.</summary>
    Normal,

    /// <summary>Its source has delivered all it had, as it was meant to.</summary>
    Ended,

    /// <summary>No sample has come yet.</summary>
    Waiting,

    /// <summary>The last sample's quality is uncertain.</summary>
    Uncertain,

    /// <summary>Below its normal range.</summary>
    Low,

    /// <summary>Above its normal range.</summary>
    High,

    /// <summary>The last sample's quality is bad: there is no value to go by.</summary>
    Bad,

    /// <summary>Nothing has come for unusually long.</summary>
    Stale,
}
