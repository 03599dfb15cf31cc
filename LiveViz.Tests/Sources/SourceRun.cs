using System.Threading.Channels;
using LiveViz.Sources;

namespace LiveViz.Tests.Sources;

/// <summary>One run of a source as the server runs it, with the samples it yields; stored is what the test says.</summary>
internal sealed class SourceRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<DataPoint> _points = Channel.CreateUnbounded<DataPoint>();
    private readonly Task _running;

    public SourceRun(ISensorSource source) => _running = Task.Run(async () =>
    {
        try
        {
            await foreach (var point in source.ReadAsync(_stopping.Token))
            {
                _points.Writer.TryWrite(point);
            }

            _points.Writer.TryComplete();
        }
#pragma warning disable CA1031 // Whatever it is, the test wants to see it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _points.Writer.TryComplete(e);
        }
    });

    /// <summary>The next samples, in their order.</summary>
    public async Task<List<DataPoint>> TakeAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        var taken = new List<DataPoint>();
        while (taken.Count < count)
        {
            taken.Add(await _points.Reader.ReadAsync(patience.Token));
        }

        return taken;
    }

    /// <summary>Whether a sample has come that was not taken.</summary>
    public bool HasMore => _points.Reader.TryPeek(out _);

    /// <summary>What the run fails with; samples that come before are passed over.</summary>
    public async Task<string> FailureAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var _ in _points.Reader.ReadAllAsync(patience.Token))
            {
            }
        }
        catch (Exception e) when (!patience.IsCancellationRequested)
        {
            return e.Message;
        }

        return "";
    }

    /// <summary>Ends the run, as the server does when it stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(Patience);
        _stopping.Dispose();
    }
}
