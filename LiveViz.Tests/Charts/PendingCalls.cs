using Bunit;
using Microsoft.JSInterop.Infrastructure;

namespace LiveViz.Tests.Charts;

/// <summary>Calls that the browser does not answer until told to. As in Blazor, whoever cancels one waits no longer.</summary>
internal sealed class PendingCalls<T>(string identifier)
    : JSRuntimeInvocationHandlerBase<T>(invocation => invocation.Identifier == identifier, isCatchAllHandler: false)
{
    // Not the base's: that gives up on a call after a second.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override bool IsVoidResultHandler => typeof(T) == typeof(IJSVoidResult);

    public List<JSRuntimeInvocation> Calls { get; } = [];

    /// <summary>Answers every call, also those to come.</summary>
    public void Answer() => _answer.SetResult(default!);

    protected override Task<T> HandleAsync(JSRuntimeInvocation invocation)
    {
        Calls.Add(invocation);
        return _answer.Task.WaitAsync(invocation.CancellationToken ?? CancellationToken.None);
    }
}
