using System.Globalization;
using LiveViz.Charts;

namespace LiveViz.Server.Dashboard;

/// <summary>How one user looks at the plant: the time range of the charts, their clock, the theme.</summary>
internal sealed class ViewSettings
{
    /// <summary>The ranges on offer, as they stand in the address.</summary>
    public static readonly IReadOnlyList<(string Key, TimeSpan Length)> Ranges =
    [
        ("1m", TimeSpan.FromMinutes(1)),
        ("5m", TimeSpan.FromMinutes(5)),
        ("15m", TimeSpan.FromMinutes(15)),
        ("1h", TimeSpan.FromHours(1)),
        ("6h", TimeSpan.FromHours(6)),
        ("24h", TimeSpan.FromHours(24)),
    ];

    /// <summary>The units of a range of one's own, as they stand in the address.</summary>
    public static readonly IReadOnlyList<(string Letter, string Name, TimeSpan Length)> Units =
    [
        ("s", "seconds", TimeSpan.FromSeconds(1)),
        ("m", "minutes", TimeSpan.FromMinutes(1)),
        ("h", "hours", TimeSpan.FromHours(1)),
        ("d", "days", TimeSpan.FromDays(1)),
    ];

    /// <summary>The shortest range, in words.</summary>
    public const string ShortestInWords = "5 seconds";

    /// <summary>The longest range, in words.</summary>
    public const string LongestInWords = "7 days";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    // What the hub gives at most.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>What makes all charts of the dashboard act as one.</summary>
    public ChartLink Charts { get; } = new();

    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    /// <summary>Raised when a setting has changed.</summary>
    public event Action? Changed;

    /// <summary>The range's key: one of <see cref="Ranges"/>, or a number and one of <see cref="Units"/>.</summary>
    public string Range { get; private set; } = Ranges[0].Key;

    /// <summary>How much time the charts show.</summary>
    public TimeSpan Window { get; private set; } = Ranges[0].Length;

    /// <summary>How long a range is; null where the key is none, or too short or too long.</summary>
    public static TimeSpan? LengthOf(string? key) =>
        key?.Length is > 1 and <= 7
        && Units.FirstOrDefault(unit => key.EndsWith(unit.Letter, StringComparison.Ordinal)) is { Letter: not null } unit
        && int.TryParse(key[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && unit.Length * count is var length && length >= Shortest && length <= Longest
            ? length
            : null;

    /// <summary>Takes the range from the address; one that cannot be changes nothing.</summary>
    public void UseRange(string? key)
    {
        if (key != Range && LengthOf(key) is { } length)
        {
            (Range, Window) = (key!, length);
            Changed?.Invoke();
        }
    }

    /// <summary>Takes the span that charts are held at from the address, in milliseconds since 1970 UTC; none for live.</summary>
    public void UseSpan(string? from, string? to)
    {
        if (TryTime(from, out var begin) && TryTime(to, out var end) && end > begin)
        {
            Charts.Hold(new ChartSpan(begin, end));
        }
        else
        {
            Charts.GoLive();
        }
    }

    /// <summary>An address within the dashboard that keeps the range, and the span that charts are held at.</summary>
    public string Link(string path) => Charts.Held is { } held
        ? string.Create(CultureInfo.InvariantCulture, $"{path}?range={Range}&from={Milliseconds(held.From)}&to={Milliseconds(held.To)}")
        : $"{path}?range={Range}";

    /// <summary>A time as it stands in the address.</summary>
    public static long Milliseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    private static bool TryTime(string? text, out DateTime utc)
    {
        var isTime = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds <= (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        utc = isTime ? DateTime.UnixEpoch.AddMilliseconds(milliseconds) : default;
        return isTime;
    }

    /// <summary>The address of an area's page.</summary>
    public string AreaLink(string area) => Link($"areas/{Uri.EscapeDataString(area)}");

    /// <summary>The address of a sensor's page.</summary>
    public string SensorLink(Sensor sensor) => Link($"sensors/{Uri.EscapeDataString(sensor.Id)}");

    /// <summary>The address at which a sensor is compared with others.</summary>
    public string CompareLink(Sensor sensor) => $"{Link("compare")}&sensors={Uri.EscapeDataString(sensor.Id)}";

    /// <summary>Takes over the viewer's time zone; where the server does not know it, its offset of now.</summary>
    public void UseClock(string? timeZone, int utcOffsetMinutes) =>
        _zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)
            ? zone
            : TimeZoneInfo.CreateCustomTimeZone("viewer", TimeSpan.FromMinutes(utcOffsetMinutes), null, null);

    /// <summary>A time of day as the viewer's clock shows it, with the date where it is not today's.</summary>
    public string Clock(DateTime utc, DateTime nowUtc)
    {
        var local = Local(utc);
        var format = local.Date == Local(nowUtc).Date ? "HH:mm:ss" : "d MMM yyyy HH:mm:ss";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>"since" and a time of day; nothing where it is not known.</summary>
    public string Since(DateTime? utc, DateTime nowUtc) => utc is { } known ? $"since {Clock(known, nowUtc)}" : "";

    /// <summary>A time to the millisecond as the viewer's clock shows it.</summary>
    public string ClockMilliseconds(DateTime utc) => Local(utc).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>A time of the viewer's clock; one that their clock leaves out is taken as if it did not.</summary>
    public DateTime Utc(DateTime local)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return DateTime.SpecifyKind(time - _zone.GetUtcOffset(_zone.IsInvalidTime(time) ? time.AddHours(-1) : time), DateTimeKind.Utc);
    }

    /// <summary>A time as the viewer's clock shows it.</summary>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _zone);
}
