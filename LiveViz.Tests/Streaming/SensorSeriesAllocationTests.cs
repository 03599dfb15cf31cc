namespace LiveViz.Tests.Streaming;

public class SensorSeriesAllocationTests
{
    [Fact]
    public void Append_with_the_memory_used_up_allocates_nothing()
    {
        var log = TestLog.New();
        var (one, two) = (log.Open("one"), log.Open("two"));
        Append(100_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Append(100_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Append(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var ticks = Clock.Start.Ticks + one.Next * TimeSpan.TicksPerMillisecond;
                one.Append(ticks, i, Quality.Good, ticks);
                two.Append(ticks, i, Quality.Good, ticks);
            }
        }
    }
}
