using LiveViz.Server.Sources;
using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

public sealed class AcknowledgementTests : IDisposable
{
    private readonly AcknowledgingSource _source = new();
    private readonly SourceProgress _progress;
    private readonly CancellationTokenSource _run = new();

    public AcknowledgementTests() => _progress = new SourceProgress(_source, new ListLogger<SourceProgress>());

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Source_is_told_how_many_of_its_samples_are_stored()
    {
        _progress.Begin(_run);
        _progress.Took();
        _progress.Took();
        var mark = _progress.Now();
        _progress.Took();

        _progress.Stored(mark);

        Assert.Equal([2], _source.Counts);
    }

    [Fact]
    public void Source_is_told_nothing_of_an_earlier_run()
    {
        _progress.Begin(_run);
        _progress.Took();
        var before = _progress.Now();
        _progress.End();
        _progress.Begin(_run);
        _progress.Took();

        _progress.Stored(before);

        Assert.Empty(_source.Counts);
    }

    [Fact]
    public void Run_of_which_samples_were_lost_acknowledges_nothing_more_and_is_begun_again()
    {
        _progress.Begin(_run);
        _progress.Took();
        var before = _progress.Now();

        _progress.Lost();
        _progress.Took();
        _progress.Stored(before);
        _progress.Stored(_progress.Now());

        Assert.True(_run.IsCancellationRequested);
        Assert.Empty(_source.Counts);
    }

    [Fact]
    public void Inputs_are_acknowledged_in_their_order_when_all_their_samples_are_stored()
    {
        var pending = new PendingAcknowledgements<string>();
        pending.Add(0, "empty");
        pending.Add(3, "three");
        pending.Add(3, "empty too");
        pending.Add(4, "one");

        Assert.Equal(["empty"], pending.TakeCommitted(2));
        Assert.Equal(["three", "empty too"], pending.TakeCommitted(3));
        Assert.Equal(1, pending.Count);
    }

    [Fact]
    public void Input_without_samples_is_acknowledged_when_all_before_it_is_stored()
    {
        var pending = new PendingAcknowledgements<string>();
        pending.Add(1, "one");
        pending.TakeCommitted(1);

        pending.Add(1, "empty");
        pending.Add(2, "two");

        Assert.Equal(["empty"], pending.TakeCommitted());
    }

    private sealed class AcknowledgingSource : ISensorSource
    {
        public List<long> Counts { get; } = [];

        public bool Acknowledges => true;

        public void Committed(long count) => Counts.Add(count);

        public IAsyncEnumerable<DataPoint> ReadAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
