using LiveViz.Server.Streaming;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace LiveViz.Server.Security;

/// <summary>
/// Lets no more connections in than allowed: to the hub, and, counted separately, to the hub that Blazor serves
/// dashboards over.
/// </summary>
internal sealed class ConnectionFilter(IOptions<LimitOptions> limits, OwnConnection own, RefusalLog refusals) : IHubFilter
{
    private readonly ConnectionCount _clients = new(limits.Value, "connections");
    private readonly ConnectionCount _dashboards = new(limits.Value, "dashboards");

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        var isClient = context.Hub is SensorHub;
        if (isClient && own.IsOwn(context.Context.GetHttpContext()))
        {
            await next(context);
            return;
        }

        var caller = Caller.Of(context.Context);
        if (CountOf(context).Enter(caller) is { } refusal)
        {
            refusals.Note(caller, isClient ? "connections" : "dashboards", refusal);
            throw new HubException(refusal);
        }

        context.Context.Items[typeof(Allowance)] = new Allowance(caller, limits.Value);
        try
        {
            await next(context);
        }
        catch
        {
            // SignalR does not report the end of a connection whose beginning failed.
            Leave(context);
            throw;
        }
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            Leave(context);
        }
    }

    private ConnectionCount CountOf(HubLifetimeContext context) => context.Hub is SensorHub ? _clients : _dashboards;

    private void Leave(HubLifetimeContext context)
    {
        if (Allowance.Of(context.Context) is { } allowance)
        {
            context.Context.Items.Remove(typeof(Allowance));
            CountOf(context).Leave(allowance.Caller);
            allowance.Dispose();
        }
    }
}
