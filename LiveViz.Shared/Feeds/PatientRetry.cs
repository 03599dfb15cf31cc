using Microsoft.AspNetCore.SignalR.Client;

namespace LiveViz.Feeds;

/// <summary>
/// Tries for ever, soon at first and then every few seconds: a wall display must find its server again after a
/// night. A little chance keeps a hundred clients from all coming back in the same instant.
/// </summary>
internal sealed class PatientRetry : IRetryPolicy
{
    private const double FirstSeconds = 0.2;
    private const double LongestSeconds = 3;

    public TimeSpan? NextRetryDelay(RetryContext retryContext) => Delay(retryContext.PreviousRetryCount);

    public static TimeSpan Delay(long tried)
    {
        var seconds = Math.Min(LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(tried, 10)));
#pragma warning disable CA5394 // Spreading load needs no secret.
        return TimeSpan.FromSeconds(seconds * (0.75 + 0.5 * Random.Shared.NextDouble()));
#pragma warning restore CA5394
    }
}
