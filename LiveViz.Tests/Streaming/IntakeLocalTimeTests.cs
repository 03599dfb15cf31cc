using LiveViz.Server.Streaming;
using LiveViz.Tests.Sources;

namespace LiveViz.Tests.Streaming;

/// <summary>Runs alone, for it moves the machine to another time zone.</summary>
[Collection(nameof(IntakeLocalTimeTests))]
[CollectionDefinition(nameof(IntakeLocalTimeTests), DisableParallelization = true)]
public sealed class IntakeLocalTimeTests : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable("TZ");

    public IntakeLocalTimeTests() => Use("Asia/Tokyo");

    public void Dispose() => Use(_before);

    [Fact]
    public void Local_time_is_converted_to_utc()
    {
        var log = TestLog.New();
        var intake = new Intake(log, Clock.New(), new ListLogger<Intake>(), "source", new FakeSource((_, _) => throw new InvalidOperationException()));
        var local = TimeZoneInfo.ConvertTimeFromUtc(Clock.Start, TimeZoneInfo.Local);

        Assert.True(intake.Accept(new DataPoint("a", DateTime.SpecifyKind(local, DateTimeKind.Local), 1)));

        Assert.Equal(Clock.Ticks(0), log.All[0].NewestTicks);
    }

    private static void Use(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
