using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class SensorSeriesConcurrencyTests
{
    private const int LookedAt = 16;
    private const int Samples = 8_000_000;

    [Fact]
    public async Task Read_while_blocks_are_taken_away_gives_whole_samples_in_order()
    {
        // Two sensors in the smallest log, so that a block taken from one is soon overwritten by the other.
        var log = TestLog.New();
        SensorSeries[] all = [log.Open("one"), log.Open("two")];

        var writer = Task.Run(() =>
        {
            for (var i = 0; i < Samples; i++)
            {
                // Uneven, so that each takes from the other too.
                var series = all[(i >> 12) & 1];
                series.Append(TicksOf(series.Index, series.Next), ValueOf(series.Index, series.Next), QualityOf(series.Next), 1);
            }
        });
        var readers = all.Select(series => Task.Run(() => ReadWhile(series, writer))).ToArray();

        await writer;
        var read = await Task.WhenAll(readers);

        Assert.All(read, count => Assert.True(count > 0));
        Assert.Equal(Samples, log.Appended);
    }

    private static long ReadWhile(SensorSeries series, Task writer)
    {
        var buffer = new SampleBuffer(LogBlock.Size);
        long read = 0;
        do
        {
            // The oldest are the ones in danger.
            var asked = series.Oldest;
            var first = series.Read(asked, buffer);
            Assert.True(first >= asked);
            // The first of them are overwritten first; to look at more would only make room between two readings.
            for (var i = 0; i < Math.Min(buffer.Count, LookedAt); i++)
            {
                Check(series, first + i, buffer, i);
            }

            if (read++ % LookedAt == 0)
            {
                for (var i = LookedAt; i < buffer.Count; i++)
                {
                    Check(series, first + i, buffer, i);
                }
            }
        }
        while (!writer.IsCompleted);
        return read;
    }

    private static void Check(SensorSeries series, long sequence, SampleBuffer buffer, int at)
    {
        if (buffer.Ticks[at] != TicksOf(series.Index, sequence)
            || buffer.Values[at] != ValueOf(series.Index, sequence)
            || buffer.Marks[at].Quality() != QualityOf(sequence))
        {
            Assert.Fail($"Sample {sequence} of sensor {series.Index} is torn: {buffer.Ticks[at]}, {buffer.Values[at]}, {buffer.Marks[at]}.");
        }
    }

    private static long TicksOf(int index, long sequence) => Clock.Start.Ticks + 2 * sequence + index;

    private static double ValueOf(int index, long sequence) => sequence + index * 1e9;

    private static Quality QualityOf(long sequence) => (Quality)(sequence % 3);
}
