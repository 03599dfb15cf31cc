using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Security;

/// <summary>Refuses calls of the hub beyond the rate allowed, and notes what is refused, here or by the hub.</summary>
internal sealed class CallFilter(IOptions<LimitOptions> limits, RefusalLog refusals) : IHubFilter
{
    private readonly string _tooMany =
        $"Too many calls: {limits.Value.CallsPerSecond} a second are served, after a pause {limits.Value.CallBurst} at once; "
        + "call less often, or allow more with LiveViz:Limits:CallsPerSecond and CallBurst.";

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var allowance = Allowance.Of(invocationContext.Context);
        if (allowance?.TryCall() == false)
        {
            refusals.Note(allowance.Caller, "calls", _tooMany);
            throw new HubException(_tooMany);
        }

        try
        {
            return await next(invocationContext);
        }
        catch (HubException refusal)
        {
            refusals.Note(allowance?.Caller ?? "the dashboard", invocationContext.HubMethodName, refusal.Message);
            throw;
        }
    }
}
