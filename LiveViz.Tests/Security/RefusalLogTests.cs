using LiveViz.Server.Security;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Security;

public class RefusalLogTests
{
    private readonly Microsoft.Extensions.Time.Testing.FakeTimeProvider _time = Clock.New();
    private readonly ListLogger<RefusalLog> _logged = new();
    private readonly RefusalLog _log;

    public RefusalLogTests() => _log = new RefusalLog(_time, _logged);

    [Fact]
    public void First_of_a_kind_and_caller_is_logged_and_those_after_it_are_counted()
    {
        for (var i = 0; i < 100; i++)
        {
            _log.Note("10.0.0.7", "calls", "Too many.");
        }

        _log.Note("10.0.0.7", "streams", "Too many streams.");
        _log.Note("10.0.0.8", "calls", "Too many.");
        _time.Advance(TimeSpan.FromMinutes(1));
        _log.Note("10.0.0.7", "calls", "Too many.");

        Assert.Equal(
            ["Refused 10.0.0.7: Too many.", "Refused 10.0.0.7: Too many streams.", "Refused 10.0.0.8: Too many.", "Refused 10.0.0.7, 100 times more: Too many."],
            _logged.Entries.Select(entry => entry.Message));
        Assert.All(_logged.Entries, entry => Assert.Equal(LogLevel.Warning, entry.Level));
    }

    [Fact]
    public void No_more_callers_are_remembered_in_a_minute_than_make_sense()
    {
        for (var i = 0; i < 5_000; i++)
        {
            _log.Note($"caller {i}", "calls", "Too many.");
        }

        Assert.Equal(1_000, _logged.Entries.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        _log.Note("caller 4999", "calls", "Too many.");
        Assert.Equal("Refused caller 4999: Too many.", _logged.Entries[^1].Message);
    }
}
