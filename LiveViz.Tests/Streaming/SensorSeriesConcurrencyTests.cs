using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class SensorSeriesConcurrencyTests
{
    private const int Samples = 1_500_000;

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
        var buffer = new SampleBuffer(3000);
        long read = 0;
        do
        {
            // The oldest are the ones in danger.
            var asked = series.Oldest;
            var first = series.Read(asked, buffer);
            Assert.True(first >= asked);
            for (var i = 0; i < buffer.Count; i++)
            {
                var sequence = first + i;
                if (buffer.Ticks[i] != TicksOf(series.Index, sequence)
                    || buffer.Values[i] != ValueOf(series.Index, sequence)
                    || buffer.Marks[i].Quality() != QualityOf(sequence))
                {
                    Assert.Fail($"Sample {sequence} of sensor {series.Index} is torn: {buffer.Ticks[i]}, {buffer.Values[i]}, {buffer.Marks[i]}.");
                }
            }

            read += buffer.Count;
        }
        while (!writer.IsCompleted);
        return read;
    }

    private static long TicksOf(int index, long sequence) => Clock.Start.Ticks + 2 * sequence + index;

    private static double ValueOf(int index, long sequence) => sequence + index * 1e9;

    private static Quality QualityOf(long sequence) => (Quality)(sequence % 3);
}
