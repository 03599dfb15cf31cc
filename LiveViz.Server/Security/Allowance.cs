using System.Threading.RateLimiting;
using Microsoft.AspNetCore.SignalR;

namespace LiveViz.Server.Security;

/// <summary>What one connection may still do: its calls and its streams.</summary>
internal sealed class Allowance(string caller, LimitOptions limits) : IDisposable
{
    // Refilled when asked rather than by a timer: thousands of connections that ask nothing cost nothing.
    private readonly TokenBucketRateLimiter _calls = new(new TokenBucketRateLimiterOptions
    {
        AutoReplenishment = false,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        TokensPerPeriod = limits.CallsPerSecond,
        TokenLimit = limits.CallBurst,
    });

    private int _streams;

    /// <summary>Whose connection it is.</summary>
    public string Caller { get; } = caller;

    /// <summary>The allowance of a connection; null for the dashboard's own, which has no limit.</summary>
    public static Allowance? Of(HubCallerContext connection) =>
        connection.Items.TryGetValue(typeof(Allowance), out var item) ? (Allowance?)item : null;

    public bool TryCall()
    {
        _calls.TryReplenish();
        using var lease = _calls.AttemptAcquire();
        return lease.IsAcquired;
    }

    public bool TryOpenStream()
    {
        if (Interlocked.Increment(ref _streams) <= limits.StreamsPerConnection)
        {
            return true;
        }

        CloseStream();
        return false;
    }

    public void CloseStream() => Interlocked.Decrement(ref _streams);

    public void Dispose() => _calls.Dispose();
}
