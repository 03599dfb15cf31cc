using System.Threading.Channels;
using LiveViz.Sources;

namespace LiveViz.Server.Sources.Payloads;

/// <summary>
/// Acknowledges the inputs of one run of a source upstream, in their order, in a loop of its own: whoever says what is
/// stored does not wait for it.
/// </summary>
/// <typeparam name="T">What is needed to acknowledge one input.</typeparam>
internal sealed class Acknowledger<T> : IAsyncDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    private readonly PendingAcknowledgements<T> _pending = new();
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _loop;
    private long _taken;
    private long _committed;

    /// <summary>Begins.</summary>
    /// <param name="acknowledge">Acknowledges inputs, oldest first, at least one; what it throws is kept for <see cref="ThrowIfFailed"/>.</param>
    public Acknowledger(Func<IReadOnlyList<T>, Task> acknowledge) => _loop = AcknowledgeAsync(acknowledge);

    /// <summary>Notes an input, before its samples are yielded.</summary>
    /// <param name="samples">How many it has.</param>
    /// <param name="input">What is needed to acknowledge it.</param>
    public void Add(int samples, T input)
    {
        _taken += samples;
        _pending.Add(_taken, input);
        if (samples == 0)
        {
            // Nothing will be said of it, and all that came before it may be acknowledged already.
            _news.Writer.TryWrite(true);
        }
    }

    /// <summary>The first <paramref name="count"/> samples are stored.</summary>
    public void Committed(long count)
    {
        Volatile.Write(ref _committed, count);
        _news.Writer.TryWrite(true);
    }

    /// <summary>Throws what acknowledging has failed with, if it has: nothing is acknowledged since.</summary>
    public void ThrowIfFailed()
    {
        if (_loop.IsFaulted)
        {
            _loop.GetAwaiter().GetResult();
        }
    }

    /// <summary>Acknowledges what may be still, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _news.Writer.TryComplete();
        // Where a connection is lost, what is being sent may wait for it.
        await Task.WhenAny(_loop, Task.Delay(LongestEnd)).ConfigureAwait(false);
    }

    private async Task AcknowledgeAsync(Func<IReadOnlyList<T>, Task> acknowledge)
    {
        await foreach (var _ in _news.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var inputs = _pending.TakeCommitted(Volatile.Read(ref _committed));
            if (inputs.Count > 0)
            {
                await acknowledge(inputs).ConfigureAwait(false);
            }
        }
    }
}
