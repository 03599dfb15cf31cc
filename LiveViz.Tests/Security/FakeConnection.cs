using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace LiveViz.Tests.Security;

/// <summary>A connection to the hub as the hub sees it, without a network.</summary>
internal sealed class FakeConnection : HubCallerContext
{
    public override string ConnectionId => "1";

    public override string? UserIdentifier => User?.FindFirstValue(ClaimTypes.NameIdentifier);

    public override ClaimsPrincipal? User => SignedIn;

    public ClaimsPrincipal? SignedIn { get; init; }

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override CancellationToken ConnectionAborted => default;

    public override void Abort() => throw new NotSupportedException();
}
