using CsCheck;
using LiveViz.Server.Streaming;

namespace LiveViz.Tests.Streaming;

public class BucketWidthTests
{
    [Theory]
    [InlineData(60, 1000, 500)]
    [InlineData(60, 1200, 200)]
    [InlineData(60, 240, 1000)]
    [InlineData(60, 241, 1000)]
    [InlineData(3600, 800, 20_000)]
    [InlineData(1, 4000, 1)]
    [InlineData(1, 8000, 1)]
    [InlineData(86_400, 1000, 600_000)]
    [InlineData(604_800, 1, 4_320_000_000)]
    public void Width_is_the_narrowest_of_the_ladder(double windowSeconds, int pixels, long milliseconds) =>
        Assert.Equal(milliseconds * TimeSpan.TicksPerMillisecond, BucketWidth.For((long)(windowSeconds * TimeSpan.TicksPerSecond), pixels));

    [Fact]
    public void Coarser_width_is_a_whole_number_of_the_finer_ones_up_to_years()
    {
        var width = TimeSpan.TicksPerMillisecond;
        for (var next = BucketWidth.Coarser(width); next != width; next = BucketWidth.Coarser(width))
        {
            Assert.Equal(0, next % width);
            Assert.InRange(next / width, 4, 6);
            width = next;
        }

        Assert.True(width >= TimeSpan.FromDays(365).Ticks);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(0, 1000)]
    public void Width_is_none_where_nothing_is_to_be_reduced(long seconds, int pixels) =>
        Assert.Equal(0, BucketWidth.For(seconds * TimeSpan.TicksPerSecond, pixels));

    [Fact]
    public void Width_never_gives_more_points_than_pixels_nor_less_than_a_third_of_them() =>
        Gen.Select(Gen.Long[1, 7L * 24 * 3600 * 1000], Gen.Int[1, 32768]).Sample((milliseconds, pixels) =>
        {
            var window = milliseconds * TimeSpan.TicksPerMillisecond;
            var width = BucketWidth.For(window, pixels);
            var points = (double)window / width * BucketWidth.PointsPerBucket;
            Assert.True(points <= pixels * (1 + 1e-9), $"{points} points on {pixels} pixels");
            Assert.True(width == TimeSpan.TicksPerMillisecond || points >= pixels / 3.0 * (1 - 1e-9), $"{points} points on {pixels} pixels");
        });
}
