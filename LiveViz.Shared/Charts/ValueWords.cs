using System.Globalization;

namespace LiveViz.Charts;

/// <summary>How values and times are written: short, and exact.</summary>
internal static class ValueWords
{
    /// <summary>Stands where there is no value.</summary>
    public const string None = "–";

    /// <summary>A value at the resolution of its sensor, without the unit; a dash where there is none.</summary>
    public static string Value(Sensor sensor, double? value) =>
        value is { } number && !double.IsNaN(number) ? number.ToString(Format(sensor.Resolution, number), CultureInfo.InvariantCulture) : None;

    /// <summary>A value with its unit.</summary>
    public static string ValueAndUnit(Sensor sensor, double? value) => $"{Value(sensor, value)} {sensor.Unit}".TrimEnd();

    /// <summary>A range of values with their unit.</summary>
    public static string Range(Sensor sensor, double low, double high)
    {
        var (from, to) = (Value(sensor, low), Value(sensor, high));
        return (from == to ? $"{from} {sensor.Unit}" : $"{from} to {to} {sensor.Unit}").TrimEnd();
    }

    /// <summary>A length of time in its two largest units, the second only where it is not zero.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } and { TotalMilliseconds: >= 1 } => Units((int)time.TotalMilliseconds, "ms"),
        { TotalSeconds: < 60 } => Units(Math.Max(0, (int)time.TotalSeconds), "s"),
        { TotalMinutes: < 60 } => Units(time.Minutes, "min", time.Seconds, "s"),
        { TotalHours: < 24 } => Units(time.Hours, "h", time.Minutes, "min"),
        _ => Units(time.Days, "d", time.Hours, "h"),
    };

    /// <summary>How long ago something was; below two seconds nobody can tell.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < -2 } => $"{Duration(-age)} ahead",
        { TotalSeconds: < 2 } => "now",
        _ => $"{Duration(age)} ago",
    };

    private static string Units(int large, string unit, int small = 0, string smallUnit = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{large} {unit}") + (small == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {small} {smallUnit}"));

    private static string Format(double? resolution, double value) => resolution switch
    {
        // Five significant digits, where nothing is known of the instrument.
        null => Math.Abs(value) switch { >= 1000 => "0.0", >= 100 => "0.00", >= 1 => "0.000", _ => "0.00000" },
        >= 1 => "0",
        { } step => "0." + new string('0', Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 1, 8)),
    };
}
