namespace LiveViz.Server.Security;

/// <summary>A logger to which an exception that was told already is worth Debug only; see <see cref="ToldLoggerFactory"/>.</summary>
internal sealed class ToldLogger(ILogger inner, Func<Exception, bool> isTold) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        inner.Log(exception is not null && isTold(exception) ? LogLevel.Debug : logLevel, eventId, state, exception, formatter);
}
