using Bunit;
using LiveViz.Charts;
using LiveViz.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LiveViz.Tests.Charts;

/// <summary>A page for components that read a feed, an hour east of UTC.</summary>
public abstract class FeedComponentContext : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected FeedComponentContext()
    {
        Services.AddSingleton<ISensorFeed>(Feed);
        Services.AddSingleton<TimeProvider>(Time);
        Module = JSInterop.SetupModule(FeedComponent.ModulePath);
        Module.Setup<int>("utcOffsetMinutes").SetResult(60);
    }

    protected BunitJSModuleInterop Module { get; }

    private protected FakeFeed Feed { get; } = new()
    {
        Sensors =
        [
            new Sensor { Id = "a", Name = "Boiler", Unit = "°C", Resolution = 0.1, Range = new ValueRange(0, 200), Normal = new ValueRange(50, 100) },
            new Sensor { Id = "b", Name = "Pump", Unit = "bar" },
        ],
    };

    private protected FakeTimeProvider Time { get; } = Clock.New();

    /// <summary>Waits until something holds, where the components run, so that nothing changes meanwhile.</summary>
    protected async Task EventuallyAsync(Action assert)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await Renderer.Dispatcher.InvokeAsync(assert).WaitAsync(patience.Token);
                return;
            }
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(5);
            }
        }
    }

    private protected async Task<FakeFeed.Reading> ReadingAsync(int number = 0)
    {
        await EventuallyAsync(() => Assert.True(Feed.Readings.Count > number));
        return Feed.Readings[number];
    }

    /// <summary>Gives a frame, when the time for the next drawing has come.</summary>
    private protected async Task GiveAsync(Frame frame)
    {
        var reading = await ReadingAsync(Feed.Readings.Count == 0 ? 0 : Feed.Readings.Count - 1);
        Time.Advance(TimeSpan.FromSeconds(1));
        reading.Give(frame);
        await EventuallyAsync(() => Assert.Equal(0, reading.Frames.Reader.Count));
    }
}
