using Microsoft.AspNetCore.SignalR;

namespace LiveViz.Server.Security;

/// <summary>
/// Keeps stacks out of the log for what has been told already in words. SignalR logs every exception of a hub as an
/// error with its stack, also a <see cref="HubException"/>, which is this server's "no" to a client and is noted by
/// <see cref="RefusalLog"/>; the host logs what ends the program with one line; see <see cref="StartFailure"/>. These, of these loggers, become Debug; every other exception passes untouched, as an error and with its
/// stack. A filter of log categories could not do this: it sees no exceptions.
/// </summary>
internal sealed class ToldLoggerFactory(LoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName switch
        {
            _ when categoryName.StartsWith("Microsoft.AspNetCore.SignalR.", StringComparison.Ordinal) => new ToldLogger(logger, e => e is HubException),
            _ when categoryName.StartsWith("Microsoft.Extensions.Hosting.", StringComparison.Ordinal) => new ToldLogger(logger, e => StartFailure.InWords(e) is not null),
            _ => logger,
        };
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The inner factory belongs to the container, which disposes it.
    }
}
