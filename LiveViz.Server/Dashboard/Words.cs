using System.Globalization;

namespace LiveViz.Server.Dashboard;

/// <summary>How things are said on the screen: short, and exact.</summary>
internal static class Words
{
    /// <summary>A length of time in its two largest units.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)time.TotalSeconds)} s"),
        { TotalMinutes: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min"),
        { TotalHours: < 24 } => string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h"),
    };

    /// <summary>A count, with a thin space between thousands.</summary>
    public static string Count(double count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u2009');

    /// <summary>A size, in the unit that makes it short.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0} GB"),
    };

    /// <summary>The word for a state.</summary>
    public static string State(SensorState state) => state switch
    {
        SensorState.Normal => "Normal",
        SensorState.Ended => "Ended",
        SensorState.Waiting => "No data yet",
        SensorState.Uncertain => "Uncertain",
        SensorState.Low => "Low",
        SensorState.High => "High",
        SensorState.Bad => "Bad",
        _ => "Stale",
    };
}
