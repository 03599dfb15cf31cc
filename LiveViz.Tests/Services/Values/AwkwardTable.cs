namespace LiveViz.Tests.Services.Values;

/// <summary>The table: numbers and times, and what becomes of each at every door. docs/values.md says the same in words.</summary>
internal static class AwkwardTable
{
    private static readonly DateTime Now = DateTime.UtcNow;
    private static readonly string Digits = new('9', 10_000);

    /// <summary>Nothing awkward about it: the number of each awkward time.</summary>
    public static readonly AwkwardNumber OrdinaryNumber = new("ordinary", "1.5", 1.5);

    /// <summary>Nothing awkward about it: the time of each awkward number.</summary>
    public static readonly AwkwardTime OrdinaryTime = AwkwardTime.Of("ordinary", new DateTime(2025, 1, 2, 3, 4, 5, 123, DateTimeKind.Utc));

    /// <summary>The numbers.</summary>
    public static readonly AwkwardNumber[] Numbers =
    [
        OrdinaryNumber,
        // What counts in whole numbers, or in decimals, has no −0.
        new AwkwardNumber("minus-0", "-0", -0.0).But(Outcome.Number(0), "sqlite", "postgres-numeric"),
        new AwkwardNumber("minus-0-as-a-fraction", "-0.0", -0.0).But(Outcome.Number(0), "postgres-numeric"),
        new("tenth", "0.1", 0.1),
        new("2-to-53-and-1", "9007199254740993", 9007199254740992),
        new("20-decimals", "3.14159265358979323846", Math.PI),
        new AwkwardNumber("subnormal", "1e-320", 1e-320).But(Outcome.Refused, "postgres-numeric"),
        new AwkwardNumber("too-small", "1e-400", 0).But(Outcome.Refused, "postgres-numeric").But(Outcome.Unsaid, "postgres", "sparkplug", "hub-packed"),
        new AwkwardNumber("greatest", "1.7976931348623157e308", double.MaxValue).But(Outcome.Refused, "postgres-numeric"),
        new AwkwardNumber("nan", "NaN", null).But(Outcome.Refused, "postgres-numeric"),
        new AwkwardNumber("infinity", "Infinity", null).But(Outcome.Refused, "postgres-numeric"),
        new AwkwardNumber("minus-infinity", "-Infinity", null).But(Outcome.Refused, "postgres-numeric"),
        // As Python and others write it, and JSON does not have it.
        new AwkwardNumber("nan-without-quotes", "NaN", null) { Json = "NaN" }
            .But(Outcome.Refused, "points", "tcp-json")
            .But(Outcome.Unsaid, "lines", "tcp-lines", "hub-json", "hub-packed", "mqtt-plain", "sparkplug", "postgres", "postgres-numeric", "sqlite", "replay", "import"),
        new AwkwardNumber("1e999", "1e999", null).But(Outcome.Refused, "postgres-numeric").But(Outcome.Unsaid, "postgres", "sparkplug", "hub-packed"),
        new AwkwardNumber("10000-digits", Digits, null).But(Outcome.Refused, "postgres-numeric").But(Outcome.Unsaid, "postgres", "sparkplug", "hub-packed"),
        new AwkwardNumber("10000-decimals", $"0.{Digits}", 1).But(Outcome.Refused, "postgres-numeric"),
        // An empty message of MQTT is no sample.
        new AwkwardNumber("none", "", null).But(Outcome.Unsaid, "lines", "tcp-lines", "mqtt-plain"),
    ];

    /// <summary>The times.</summary>
    public static readonly AwkwardTime[] Times =
    [
        OrdinaryTime,
        AwkwardTime.Of("epoch-0", DateTime.UnixEpoch),
        AwkwardTime.Of("hour-behind", Now.AddHours(-1)),
        AwkwardTime.Of("hour-ahead", Now.AddHours(1)),
        AwkwardTime.Of("ten-years-behind", Now.AddYears(-10)),
        AwkwardTime.Of("ten-years-ahead", Now.AddYears(10), isTaken: false),
        // In seconds it is a bare number, below.
        AwkwardTime.Of("year-9999", DateTime.MaxValue, isTaken: false).But(Outcome.Unsaid, "postgres-numeric"),
        AwkwardTime.Of("year-1969", DateTime.UnixEpoch.AddSeconds(-1), isTaken: false).But(Outcome.Unsaid, "sparkplug"),
        AwkwardTime.Of("seconds", "1735787045", recognised: "2025-01-02 03:04:05", nanoseconds: "1970-01-01 00:00:01.735787", milliseconds: "1970-01-21 02:09:47.045"),
        AwkwardTime.Of("milliseconds", "1735787045123", recognised: "2025-01-02 03:04:05.123", nanoseconds: "1970-01-01 00:28:55.7870451", milliseconds: "2025-01-02 03:04:05.123"),
        AwkwardTime.Of("microseconds", "1735787045123456", recognised: "2025-01-02 03:04:05.123456", nanoseconds: "1970-01-21 02:09:47.0451234", milliseconds: Outcome.Refused),
        AwkwardTime.Of("nanoseconds", "1735787045123456789", recognised: "2025-01-02 03:04:05.1234567", nanoseconds: "2025-01-02 03:04:05.1234567", milliseconds: Outcome.Refused),
        AwkwardTime.Of("seconds-with-a-fraction", "1735787045.123456", recognised: "2025-01-02 03:04:05.123456", nanoseconds: Outcome.Refused, milliseconds: "1970-01-21 02:09:47.0451234")
            .But(Outcome.Unsaid, "sparkplug"),
        // Before 1973 milliseconds are as few as seconds of today, and after 5138 seconds are as many as milliseconds.
        AwkwardTime.Of("a-day-after-1970-in-ms", "86400000", recognised: "1972-09-27", nanoseconds: "1970-01-01 00:00:00.0864", milliseconds: "1970-01-02"),
        AwkwardTime.Of("year-9999-in-s", "253402300799", recognised: "1978-01-11 21:31:40.799", nanoseconds: "1970-01-01 00:04:13.4023007", milliseconds: "1978-01-11 21:31:40.799"),
    ];

    /// <summary>What is sent through a door, the last one the end: when it has come, all has.</summary>
    public static IReadOnlyList<Sample> Samples(Door door) =>
    [
        .. Numbers.Where(row => row.At(door) != Outcome.Unsaid).Select(row => new Sample(door.Sensor(row), row, OrdinaryTime)),
        .. Times.Where(row => row.At(door) != Outcome.Unsaid).Select(row => new Sample(door.Sensor(row), OrdinaryNumber, row)),
        new Sample(door.End, OrdinaryNumber, OrdinaryTime),
    ];
}
