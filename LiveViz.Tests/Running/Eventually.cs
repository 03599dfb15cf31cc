using System.Runtime.CompilerServices;

namespace LiveViz.Tests.Running;

/// <summary>Waits for what comes in a while, but not for ever: a test that waits for what never comes fails and says for what.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Looks again and again until something is so.</summary>
    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "") =>
        TrueAsync(() => Task.FromResult(condition()), words);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        var until = DateTime.UtcNow + Patience;
        while (!await condition().WaitAsync(Patience).ConfigureAwait(false))
        {
            Assert.True(DateTime.UtcNow < until, $"This has not come about in {Patience.TotalSeconds} s: {words}");
            await Task.Delay(20).ConfigureAwait(false);
        }
    }
}
