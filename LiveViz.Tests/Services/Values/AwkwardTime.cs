using System.Globalization;

namespace LiveViz.Tests.Services.Values;

/// <summary>A time that is awkward, or awkwardly written: a calendar's, which each door writes in its own way, or a bare number.</summary>
internal sealed record AwkwardTime : AwkwardRow
{
    private AwkwardTime(string name, string text)
        : base(name) => Text = text;

    /// <summary>How it is written: as ISO 8601, or as a number.</summary>
    public string Text { get; }

    /// <summary>How it is written as a value of JSON.</summary>
    public string Json => Instant is null ? Text : $"\"{Text}\"";

    /// <summary>The time; null for a bare number.</summary>
    public DateTime? Instant { get; private init; }

    /// <summary>What becomes of it where the unit is recognised; of a calendar's time, everywhere.</summary>
    public required string Recognised { get; init; }

    /// <summary>What becomes of it where nanoseconds are counted.</summary>
    public string? Nanoseconds { get; init; }

    /// <summary>What becomes of it where milliseconds are counted.</summary>
    public string? Milliseconds { get; init; }

    /// <summary>A calendar's time.</summary>
    public static AwkwardTime Of(string name, DateTime time, bool isTaken = true)
    {
        // Whole milliseconds, which every door can write.
        var instant = new DateTime(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
        return new AwkwardTime(name, Outcome.Time(instant)) { Instant = instant, Recognised = isTaken ? Outcome.Time(instant) : Outcome.Refused };
    }

    /// <summary>A bare number.</summary>
    public static AwkwardTime Of(string name, string number, string recognised, string nanoseconds, string milliseconds) =>
        new(name, number) { Recognised = Full(recognised), Nanoseconds = Full(nanoseconds), Milliseconds = Full(milliseconds) };

    /// <summary>What becomes of it at a door.</summary>
    public string At(Door door) => !door.HasTimes ? Outcome.Unsaid : Exceptions.GetValueOrDefault(door.Name) ?? (Instant is not null ? Recognised : door.Counts switch
    {
        TimeCount.None => Outcome.Unsaid,
        TimeCount.Nanoseconds => Nanoseconds!,
        TimeCount.Milliseconds => Milliseconds!,
        _ => Recognised,
    });

    private static string Full(string outcome) =>
        DateTime.TryParse(outcome, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? Outcome.Time(time) : outcome;
}
