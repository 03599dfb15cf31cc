namespace LiveViz.Tests.Services.Values;

internal static class AwkwardRowExtensions
{
    /// <summary>Says where something else becomes of a row.</summary>
    public static T But<T>(this T row, string outcome, params string[] doors)
        where T : AwkwardRow =>
        (T)((AwkwardRow)row with { Exceptions = row.Exceptions.AddRange(doors.Select(door => KeyValuePair.Create(door, outcome))) });
}
