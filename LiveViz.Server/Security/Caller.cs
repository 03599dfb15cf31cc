using Microsoft.AspNetCore.SignalR;

namespace LiveViz.Server.Security;

/// <summary>Names who asks, for limits and for the log: the user who is signed in, else the address.</summary>
internal static class Caller
{
    public static string Of(HubCallerContext connection) =>
        connection.User?.Identity is { IsAuthenticated: true } identity
            ? $"user {connection.UserIdentifier ?? identity.Name}"
            : Address(connection.GetHttpContext());

    /// <summary>The address; an IPv4 address is the same one whether it comes in over IPv4 or IPv6.</summary>
    public static string Address(HttpContext? request) => request?.Connection.RemoteIpAddress switch
    {
        null => "this computer",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };
}
