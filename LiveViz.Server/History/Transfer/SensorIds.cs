namespace LiveViz.Server.History.Transfer;

/// <summary>Lists of ids of sensors as people give them.</summary>
internal static class SensorIds
{
    /// <summary>The ids in lists of them that are separated by commas; what is as a whole the id of a sensor is not split.</summary>
    public static List<string> Split(IEnumerable<string> lists, Func<string, bool> isKnown) =>
        [.. lists.SelectMany(list => isKnown(list) ? [list] : list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
}
