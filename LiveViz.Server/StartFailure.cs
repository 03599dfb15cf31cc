using Microsoft.AspNetCore.Connections;

namespace LiveViz.Server;

/// <summary>Says in words why the server did not start.</summary>
internal static class StartFailure
{
    private const string Elsewhere = "Stop what uses it, perhaps another LiveViz, or choose another address, such as --urls=http://localhost:5001";

    /// <summary>One line for whoever started it, what to do next included.</summary>
    /// <returns>The line; null for a failure that takes its stack to understand.</returns>
    public static string? InWords(Exception failure) => failure switch
    {
        WrongConfigurationException => failure.Message,
        IOException { InnerException: AddressInUseException } => $"{failure.Message} {Elsewhere}",
        // Of localhost, neither the one nor the other of its addresses.
        IOException { InnerException: AggregateException { InnerException: WrongConfigurationException reason } } => reason.Message,
        _ => null,
    };
}
