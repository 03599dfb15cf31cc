using System.Runtime.CompilerServices;
using LiveViz.Sources;
using Microsoft.Extensions.Hosting;

namespace LiveViz.Tests.Sources;

public class SourceSupervisorTests
{
    [Fact]
    public async Task Source_that_blocks_its_thread_or_throws_at_once_holds_up_no_other()
    {
        using var release = new ManualResetEventSlim();
        var delivered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var supervisor = TestSources.Supervisor(
            TestSources.Configuration(("0:Type", "Blocks"), ("1:Type", "Throws"), ("2:Type", "Delivers")),
            TestSources.Type("Blocks", (_, _) =>
            {
                release.Wait(CancellationToken.None);
                throw new IOException("released");
            }),
            TestSources.Type("Throws", (_, _) => throw new IOException("at once")),
            TestSources.Type("Delivers", (_, token) => DeliverAsync(delivered, token)));

        supervisor.Load();
        await supervisor.StartAsync(CancellationToken.None);
        await delivered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(["Blocks", "Throws", "Delivers"], supervisor.Status.Select(source => source.Name));
        Assert.Equal(SourceState.Waiting, supervisor.Status[0].State);
        Assert.Equal(SourceState.Running, supervisor.Status[2].State);
        Assert.False(supervisor.ExecuteTask!.IsCompleted);
        release.Set();
        await supervisor.StopAsync(CancellationToken.None);
        Assert.True(supervisor.ExecuteTask.IsCompletedSuccessfully);
    }

    private static async IAsyncEnumerable<DataPoint> DeliverAsync(TaskCompletionSource delivered, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new DataPoint("a", Clock.Start, 1);
        delivered.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
