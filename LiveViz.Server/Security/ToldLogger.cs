namespace LiveViz.Server.Security;

/// <summary>A logger to which a <typeparamref name="T"/> is worth Debug only; see <see cref="ToldLoggerFactory"/>.</summary>
internal sealed class ToldLogger<T>(ILogger inner) : ILogger
    where T : Exception
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        inner.Log(exception is T ? LogLevel.Debug : logLevel, eventId, state, exception, formatter);
}
