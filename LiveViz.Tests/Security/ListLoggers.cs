using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Security;

/// <summary>Keeps what all of an app logs.</summary>
internal sealed class ListLoggers : ILoggerProvider
{
    public ConcurrentQueue<(string Category, LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ListLoggers all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Entries.Enqueue((category, logLevel, formatter(state, exception), exception));
    }
}
