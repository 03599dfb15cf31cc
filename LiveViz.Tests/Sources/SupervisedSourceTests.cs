using System.Runtime.CompilerServices;
using LiveViz.Server.History;
using LiveViz.Server.Sources;
using LiveViz.Server.Streaming;
using LiveViz.Sources;
using LiveViz.Tests.Streaming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Sources;

public sealed class SupervisedSourceTests : IDisposable
{
    private readonly FakeTimeProvider _time = Clock.New();
    private readonly SensorLog _log;
    private readonly Pump _pump = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ListLogger<SupervisedSource> _logger = new();
    private SupervisedSource _supervised = null!;
    private Task _running = Task.CompletedTask;

    public SupervisedSourceTests() => _log = TestLog.New(_time);

    private SourceStatus Status => _supervised.Status;

    public void Dispose()
    {
        _pump.Run(_end.Cancel);
        _end.Dispose();
    }

    [Fact]
    public void Source_waits_until_its_first_sample_and_then_runs()
    {
        Start(new FakeSource((_, token) => SamplesEvery(10, token)));
        Assert.Equal((SourceState.Waiting, 0), (Status.State, Status.Accepted));
        Assert.NotEqual("", Status.Reason);

        Advance(10);

        Assert.Equal((SourceState.Running, "", 1), (Status.State, Status.Reason, Status.Accepted));
        Assert.Equal(Clock.Start.AddSeconds(10), Status.Since);

        Advance(10);
        Assert.Equal((Clock.Start.AddSeconds(10), 2), (Status.Since, Status.Accepted));
    }

    [Fact]
    public void Source_that_throws_has_failed_with_its_reason_on_one_line()
    {
        Start(new FakeSource((_, _) => ThrowsLater("no route\nto the broker")));

        Assert.Equal((SourceState.Failed, "no route to the broker"), (Status.State, Status.Reason));
        Assert.Equal(Clock.Start.AddSeconds(1), Status.RetryAt);
        Assert.Single(_logger.Entries, entry => entry.Level == LogLevel.Warning);
        Assert.Contains("no route to the broker", _logger.Entries[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_that_throws_without_words_says_what_it_threw()
    {
        Start(new FakeSource((_, _) => ThrowsLater("")));

        Assert.Equal("IOException", Status.Reason);
    }

    [Fact]
    public void Source_is_started_again_later_each_time_up_to_half_a_minute()
    {
        var starts = new List<double>();
        Start(new FakeSource((_, _) =>
        {
            starts.Add((_time.GetUtcNow().UtcDateTime - Clock.Start).TotalSeconds);
            return ThrowsLater("no");
        }));

        for (var second = 0; second < 150; second++)
        {
            Advance(1);
        }

        Assert.Equal([0.0, 1, 3, 7, 15, 31, 61, 91, 121], starts);
        Assert.Equal((9, Clock.Start.AddSeconds(151)), (Status.Restarts, Status.RetryAt));
    }

    [Fact]
    public void Source_that_ran_for_long_is_started_again_soon()
    {
        var source = new FakeSource((start, token) => start == 4 ? SamplesFor(31, token) : ThrowsLater("no"));
        Start(source);
        Advance(1);
        Advance(2);
        Advance(4);
        Assert.Equal(4, source.Starts);

        for (var second = 0; second < 31; second++)
        {
            Advance(1);
        }

        Assert.Equal(SourceState.Failed, Status.State);
        Assert.Equal(_time.GetUtcNow().UtcDateTime.AddSeconds(1), Status.RetryAt);
        Advance(1);
        Assert.Equal(5, source.Starts);
    }

    [Fact]
    public void Source_that_is_started_again_waits_for_its_first_sample()
    {
        Start(new FakeSource((start, token) => start == 1 ? ThrowsLater("connection lost") : SamplesEvery(60, token)));
        Advance(1);

        Assert.Equal((SourceState.Waiting, (DateTime?)null, 1), (Status.State, Status.RetryAt, Status.Restarts));
        Assert.Contains("connection lost", Status.Reason, StringComparison.Ordinal);

        Advance(60);
        Assert.Equal((SourceState.Running, "", 1), (Status.State, Status.Reason, Status.Restarts));
    }

    [Fact]
    public void Source_that_ends_when_it_should_not_has_failed_and_is_started_again()
    {
        var source = new FakeSource((_, token) => Two(token));
        Start(source);

        Assert.Equal((SourceState.Failed, "ended without an error", 2), (Status.State, Status.Reason, Status.Accepted));
        Advance(1);
        Assert.Equal(2, source.Starts);
    }

    [Fact]
    public void Source_that_ends_by_itself_is_done_and_not_started_again()
    {
        var source = new FakeSource((_, token) => Two(token)) { EndsByItself = true };
        Start(source);
        Advance(1000);

        Assert.Equal((SourceState.Completed, 2, 0), (Status.State, Status.Accepted, Status.Restarts));
        Assert.Null(Status.RetryAt);
        Assert.Equal(1, source.Starts);
        Assert.True(_running.IsCompletedSuccessfully);
    }

    [Fact]
    public void Source_that_ends_by_itself_but_throws_is_started_again()
    {
        var source = new FakeSource((start, token) => start == 1 ? ThrowsLater("no file") : Two(token)) { EndsByItself = true };
        Start(source);
        Assert.Equal(SourceState.Failed, Status.State);

        Advance(1);

        Assert.Equal(SourceState.Completed, Status.State);
    }

    [Fact]
    public void Source_that_throws_when_called_has_failed_like_any_other()
    {
        Start(new FakeSource((_, _) => throw new IOException("at once")));

        Assert.Equal((SourceState.Failed, "at once"), (Status.State, Status.Reason));
        Assert.False(_running.IsCompleted);
    }

    [Fact]
    public void Source_cancelled_by_its_own_doing_has_failed()
    {
        Start(new FakeSource((_, _) => throw new OperationCanceledException("timed out")));

        Assert.Equal((SourceState.Failed, "timed out"), (Status.State, Status.Reason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelling_ends_it_quietly(bool whileItRuns)
    {
        Start(new FakeSource((_, token) => whileItRuns ? SamplesEvery(1, token) : ThrowsLater("no")));
        Advance(0.5);
        var logged = _logger.Entries.Count;

        _pump.Run(_end.Cancel);

        Assert.True(_running.IsCompletedSuccessfully);
        Assert.Equal(logged, _logger.Entries.Count);
    }

    [Fact]
    public void Status_counts_what_the_source_and_what_the_intake_refused()
    {
        Start(new FakeSource((_, token) => Points(token, new DataPoint("", Clock.Start, 1), new DataPoint("a", Clock.Start, 1))) { Rejected = 5 });

        Assert.Equal(("name", "Fake", 1, 6), (Status.Name, Status.Type, Status.Accepted, Status.Rejected));
        Assert.Contains("no id", Status.LastRejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensors_are_known_before_the_first_sample()
    {
        Start(new FakeSource((_, token) => SamplesEvery(10, token)) { Listed = { new Sensor { Id = "a", Name = "Boiler" } } });

        Assert.Equal("Boiler", Assert.Single(_log.All).Sensor.Name);
    }

    private void Start(FakeSource source)
    {
        _supervised = new SupervisedSource(new SourceOptions { Name = "name", Type = "Fake" }, source, _log, new Historian(null, _time, new ListLogger<Historian>()), _time, _logger);
        _pump.Run(() => _running = _supervised.RunAsync(_end.Token));
    }

    private void Advance(double seconds) => _pump.Run(() => _time.Advance(TimeSpan.FromSeconds(seconds)));

    private DataPoint Sample() => new("a", _time.GetUtcNow().UtcDateTime, 1);

    private async IAsyncEnumerable<DataPoint> SamplesEvery(double seconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), _time, cancellationToken);
            yield return Sample();
        }
    }

    private async IAsyncEnumerable<DataPoint> SamplesFor(int seconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < seconds; i++)
        {
            yield return Sample();
            await Task.Delay(TimeSpan.FromSeconds(1), _time, cancellationToken);
        }
    }

    private IAsyncEnumerable<DataPoint> Two(CancellationToken cancellationToken) => Points(cancellationToken, Sample(), Sample() with { Value = 2 });

    private static async IAsyncEnumerable<DataPoint> Points([EnumeratorCancellation] CancellationToken cancellationToken, params DataPoint[] points)
    {
        await Task.Yield();
        foreach (var point in points)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return point;
        }
    }

    private static async IAsyncEnumerable<DataPoint> ThrowsLater(string message)
    {
        await Task.Yield();
        throw new IOException(message);
#pragma warning disable CS0162 // Makes it an iterator.
        yield break;
#pragma warning restore CS0162
    }
}
