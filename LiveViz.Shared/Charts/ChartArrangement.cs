namespace LiveViz.Charts;

/// <summary>How a chart of several sensors shares its height.</summary>
public enum ChartArrangement
{
    /// <summary>Sensors of one unit share an axis; each unit has its own part of the height.</summary>
    ByUnit,

    /// <summary>Each sensor has a strip of its own, all equally high, over one time axis.</summary>
    Strips,

    /// <summary>
    /// All sensors in one plot, with an axis for each unit, left and right of it. Of more than four units nobody could
    /// tell the axes apart: then as <see cref="ByUnit"/>.
    /// </summary>
    Overlaid,
}
