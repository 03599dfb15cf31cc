using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public class ChartTracesTests
{
    private static readonly double StartMilliseconds = (Clock.Start - DateTime.UnixEpoch).TotalMilliseconds;
    private readonly ChartTraces _traces = new([new Sensor { Id = "a" }, new Sensor { Id = "b" }, new Sensor { Id = "c" }], 100);

    [Fact]
    public void Nothing_come_is_nothing_to_draw()
    {
        Assert.Null(_traces.Take());
        _traces.Add(TestFrames.Frame(0));
        Assert.NotNull(_traces.Take());
        Assert.Null(_traces.Take());
    }

    [Fact]
    public void Frame_without_samples_moves_the_view_and_draws_nothing()
    {
        _traces.Add(TestFrames.Frame(2.5));

        var batch = _traces.Take()!;

        Assert.Equal((StartMilliseconds + 2500, false), (batch.NowMilliseconds, batch.IsRefill));
        Assert.Empty(batch.Indices);
        Assert.Equal([false, false, false], batch.Stale);
    }

    [Fact]
    public void Frames_are_gathered_until_they_are_taken_once()
    {
        _traces.Add(TestFrames.Frame(1, TestFrames.Column("c", (1, 10)), TestFrames.Column("a", (0.5, 20))));
        _traces.Add(TestFrames.Frame(2, TestFrames.Column("c", (1.0005, 11), (2, 12))));

        var batch = _traces.Take()!;

        Assert.Equal([0, 2], batch.Indices);
        Assert.Equal([StartMilliseconds + 500], batch.X[0]);
        Assert.Equal([20.0], batch.Y[0]);
        Assert.Equal([StartMilliseconds + 1000, StartMilliseconds + 1000.5, StartMilliseconds + 2000], batch.X[1]);
        Assert.Equal([10.0, 11.0, 12.0], batch.Y[1]);
        Assert.All(batch.X.Concat(batch.Y!), column => Assert.All(column, number => Assert.IsType<double>(number)));
        _traces.Add(TestFrames.Frame(3, TestFrames.Column("b", (3, 1))));
        Assert.Equal([1], _traces.Take()!.Indices);
    }

    [Fact]
    public void Sensor_that_is_not_drawn_is_passed_over()
    {
        _traces.Add(TestFrames.Frame(1, TestFrames.Column("other", (1, 10))));

        Assert.Empty(_traces.Take()!.Indices);
    }

    [Fact]
    public void Gap_breaks_the_line_right_after_the_sample_before_it()
    {
        var column = TestFrames.Column("a", (1, 10), (9, 11)) with { Marks = [SampleMarks.None, SampleMarks.GapBefore] };
        _traces.Add(TestFrames.Frame(9, column));

        var batch = _traces.Take()!;

        Assert.Equal([10.0, null, 11.0], batch.Y[0]);
        Assert.Equal([StartMilliseconds + 1000, StartMilliseconds + 1001, StartMilliseconds + 9000], batch.X[0]);
    }

    [Fact]
    public void Gap_between_samples_of_two_traces_breaks_the_line_at_a_time_of_its_own()
    {
        var column = TestFrames.Column("a", (1, 10), (9, 11)) with { Marks = [(SampleMarks)Quality.Uncertain, SampleMarks.GapBefore] };
        _traces.Add(TestFrames.Frame(9, column));

        var batch = _traces.Take()!;

        double[] times = [.. batch.X.SelectMany((trace, i) => trace.Cast<double>().Where((_, point) => batch.Y[i][point] is null))];
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.Equal(StartMilliseconds + 1001, time));
    }

    [Fact]
    public void Missing_and_bad_values_break_the_line_and_uncertain_ones_are_drawn()
    {
        var column = TestFrames.Column("a", (1, 10), (2, double.NaN), (3, 11), (4, 12)) with
        {
            Marks = [SampleMarks.None, SampleMarks.None, (SampleMarks)Quality.Bad, (SampleMarks)Quality.Uncertain],
        };
        _traces.Add(TestFrames.Frame(4, column));

        var batch = _traces.Take()!;
        Assert.Equal([0, 3], batch.Indices);
        Assert.Equal([10.0, null, null], batch.Y[0]);
        Assert.Equal([null, 12.0], batch.Y[1]);
    }

    [Fact]
    public void Line_that_begins_with_an_uncertain_sample_has_only_numbers_for_times()
    {
        _traces.Add(TestFrames.Frame(1, TestFrames.Column("a", (0.5, 7), (1, 8)) with { Marks = [(SampleMarks)Quality.Uncertain, SampleMarks.None] }));

        Assert.All(_traces.Take()!.X, times => Assert.All(times, time => Assert.True(double.IsFinite((double)time))));
    }

    [Fact]
    public void Piece_of_line_that_leads_to_an_uncertain_sample_is_in_the_trace_of_what_is_uncertain()
    {
        var column = TestFrames.Column("a", (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)) with
        {
            Marks = [SampleMarks.None, SampleMarks.None, (SampleMarks)Quality.Uncertain, (SampleMarks)Quality.Uncertain, SampleMarks.None],
        };
        _traces.Add(TestFrames.Frame(5, column));

        var batch = _traces.Take()!;

        Assert.Equal([1.0, 2.0, null, 4.0, 5.0], batch.Y[0]);
        Assert.Equal([null, 2.0, 3.0, 4.0], batch.Y[1]);
        Assert.Equal(batch.X[1].Order(), batch.X[1]);
    }

    [Fact]
    public void Newest_sample_that_goes_over_to_the_other_trace_leaves_none_behind()
    {
        _traces.Add(TestFrames.Refill(1, TestFrames.Column("a", (1, 1)) with { Latest = Latest(2, 2) }));
        _traces.TakeEdge();
        var uncertain = TestFrames.Column("a", (3, 3)) with { Marks = [(SampleMarks)Quality.Uncertain], Latest = Latest(4, 4) };
        _traces.Add(TestFrames.Frame(4, uncertain));

        var numbers = Numbers(_traces.TakeEdge());

        Assert.Equal([0, 0, 0], numbers[..3]);
        Assert.Equal((3, 1), (numbers[3], numbers[5]));
    }

    [Fact]
    public void Refill_clears_what_is_not_drawn_yet_and_says_so()
    {
        _traces.Add(TestFrames.Frame(1, TestFrames.Column("a", (1, 10)), TestFrames.Column("b", (1, 10))));
        _traces.Add(TestFrames.Frame(2, TestFrames.Column("a", (2, 11))) with { IsRefill = true });
        _traces.Add(TestFrames.Frame(3, TestFrames.Column("a", (3, 12))));

        var batch = _traces.Take()!;

        Assert.True(batch.IsRefill);
        Assert.Equal([0], batch.Indices);
        Assert.Equal([11.0, 12.0], batch.Y[0]);
        _traces.Add(TestFrames.Frame(4));
        Assert.False(_traces.Take()!.IsRefill);
    }

    [Fact]
    public void What_waits_is_no_more_than_the_browser_keeps_and_the_newest()
    {
        for (var i = 0; i < 1000; i++)
        {
            _traces.Add(TestFrames.Frame(i, TestFrames.Column("a", (i, i))));
        }

        var batch = _traces.Take()!;

        Assert.Equal(Enumerable.Range(900, 100).Select(i => (object)(double)i), batch.Y[0]);
        Assert.Equal(100, batch.X[0].Length);
        Assert.Equal(StartMilliseconds + 999_000, batch.X[0][^1]);
    }

    [Fact]
    public void Stale_is_kept_for_each_trace_until_told_otherwise()
    {
        _traces.Add(TestFrames.Frame(1, TestFrames.Column("b") with { IsStale = true }));
        Assert.Equal([false, true, false], _traces.Take()!.Stale);
        _traces.Add(TestFrames.Frame(2, TestFrames.Column("a", (1, 1))));
        Assert.Equal([false, true, false], _traces.Take()!.Stale);

        _traces.Add(TestFrames.Frame(3, TestFrames.Column("b", (1, 1))));

        Assert.Equal([false, false, false], _traces.Take()!.Stale);
    }

    [Fact]
    public void Clock_of_recordings_is_their_newest_sample()
    {
        var traces = new ChartTraces([new Sensor { Id = "a", Recorded = true }, new Sensor { Id = "b", Recorded = true }], 100);
        traces.Add(TestFrames.Frame(500, TestFrames.Column("a", (7, 1)), TestFrames.Column("b", (5, 1))));
        Assert.Equal(StartMilliseconds + 7000, traces.Take()!.NowMilliseconds);

        traces.Add(TestFrames.Frame(501));
        Assert.Equal(StartMilliseconds + 7000, traces.Take()!.NowMilliseconds);

        traces.Add(TestFrames.Frame(502, TestFrames.Column("a", (2, 1))) with { IsRefill = true });
        Assert.Equal(StartMilliseconds + 2000, traces.Take()!.NowMilliseconds);
    }

    [Fact]
    public void Clock_of_recordings_amid_live_sensors_is_the_servers()
    {
        var traces = new ChartTraces([new Sensor { Id = "a", Recorded = true }, new Sensor { Id = "b" }], 100);

        traces.Add(TestFrames.Frame(500, TestFrames.Column("a", (7, 1))));

        Assert.Equal(StartMilliseconds + 500_000, traces.Take()!.NowMilliseconds);
    }

    [Fact]
    public void Newest_sample_that_the_reduction_holds_back_is_the_tip_of_the_line_until_the_next_batch()
    {
        _traces.Add(TestFrames.Refill(5, TestFrames.Column("a", (1, 10)) with { Latest = Latest(5, 99) }));
        var first = _traces.Take()!;
        _traces.Add(TestFrames.Frame(6, TestFrames.Column("a", (3, 7), (6, 20))));
        var second = _traces.Take()!;

        Assert.Equal([StartMilliseconds + 1000, StartMilliseconds + 5000], first.X[0]);
        Assert.Equal([10.0, 99.0], first.Y[0]);
        Assert.Equal([true], first.HasTip);
        Assert.Equal([7.0, 20.0], second.Y[0]);
        Assert.Equal([false], second.HasTip);
    }

    [Fact]
    public void Sample_that_came_late_is_no_tip_and_does_not_turn_a_recordings_clock_back()
    {
        var traces = new ChartTraces([new Sensor { Id = "a", Recorded = true }], 100);
        traces.Add(TestFrames.Refill(0, TestFrames.Column("a", (100, 1), (200, 2)) with { Latest = Latest(50, -999) }));

        var batch = traces.Take()!;

        Assert.Equal([1.0, 2.0], batch.Y[0]);
        Assert.Equal(StartMilliseconds + 200_000, batch.NowMilliseconds);
    }

    [Fact]
    public void Edge_is_what_has_come_since_the_last_and_the_batch_has_all_of_it()
    {
        _traces.Add(TestFrames.Refill(1, TestFrames.Column("a", (1, 10))));
        Assert.Equal([0, 1, 0, StartMilliseconds + 1000, 10], Numbers(_traces.TakeEdge()));
        Assert.Null(_traces.TakeEdge());
        _traces.Add(TestFrames.Frame(2, TestFrames.Column("a", (2, double.NaN)) with { Latest = Latest(3, 30) }));
        Assert.Equal([0, 1, 1, StartMilliseconds + 2000, double.NaN, StartMilliseconds + 3000, 30], Numbers(_traces.TakeEdge()));

        var batch = _traces.Take(withTips: false)!;

        Assert.Equal([10.0, null], batch.Y[0]);
        Assert.Equal([false], batch.HasTip);
        Assert.Equal([0, 0, 1, StartMilliseconds + 3000, 30], Numbers(_traces.TakeEdge()));
    }

    [Fact]
    public void Edge_of_more_than_is_kept_is_the_newest()
    {
        for (var i = 0; i < 250; i++)
        {
            _traces.Add(TestFrames.Frame(i, TestFrames.Column("a", (i, i))));
            if (i == 30)
            {
                _traces.TakeEdge();
            }
        }

        var numbers = Numbers(_traces.TakeEdge());

        Assert.Equal((100, 150, 249), ((int)numbers[1], (int)numbers[4], (int)numbers[^1]));
    }

    [Fact]
    public void Line_that_opens_or_goes_on_and_sensor_that_turns_stale_or_fresh_want_plotly_until_it_has_drawn()
    {
        _traces.Add(TestFrames.Refill(1, TestFrames.Column("a", (1, 1))));
        _traces.Take();
        Assert.False(Wants(TestFrames.Column("a", (2, 2))));

        Assert.True(Wants(TestFrames.Column("a", (3, double.NaN))));
        Assert.True(Wants(TestFrames.Column("b")));
        _traces.Take();
        Assert.False(Wants(TestFrames.Column("a", (4, double.NaN))));

        Assert.True(Wants(TestFrames.Column("a", (5, 5))));
        _traces.Take();
        Assert.True(Wants(TestFrames.Column("a", (9, 9)) with { Marks = [SampleMarks.GapBefore] }));
        _traces.Take();
        Assert.False(Wants(TestFrames.Column("a", (10, 9))));

        Assert.True(Wants(TestFrames.Column("a") with { IsStale = true }));
        _traces.Take();
        Assert.False(Wants(TestFrames.Column("a") with { IsStale = true }));
        Assert.True(Wants(TestFrames.Column("a", (20, 9))));

        bool Wants(FrameColumn column)
        {
            _traces.Add(TestFrames.Frame(30, column));
            return _traces.TakeEdge()!.IsWanted;
        }
    }

    [Fact]
    public void What_arrived_after_later_samples_lies_in_the_third_trace_with_the_piece_of_line_that_leads_to_it()
    {
        var column = TestFrames.Column("a", (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)) with { Sequences = [1, 4, 5, 2, 3] };
        _traces.Add(TestFrames.Refill(5, column));

        var batch = _traces.Take()!;

        Assert.Equal([0, 6], batch.Indices);
        Assert.Equal([null, 1.0, 2.0, 3.0], batch.Y[1]);
        Assert.Equal([1.0, 2.0, 3.0, 4.0, 5.0], batch.Y[0]);
    }

    [Fact]
    public void Buckets_that_stand_for_more_samples_than_they_show_are_bands_once_they_are_over()
    {
        var column = TestFrames.Column("b", (0, 5), (1, 3), (2, 9), (3, 6), (10, 1), (11, 2), (20, 7)) with { Sequences = [1, 40, 70, 99, 100, 101, 102] };
        _traces.Add(TestFrames.Refill(20, column) with { Bucket = TimeSpan.FromSeconds(10) });

        Assert.Equal([1, 10_000, 1, StartMilliseconds, 3, 9], Doubles(_traces.Take()!.Bands));
        _traces.Add(TestFrames.Frame(30, TestFrames.Column("b", (21, 1), (22, 2), (30, 4)) with { Sequences = [150, 151, 200] }) with { Bucket = TimeSpan.FromSeconds(10) });
        Assert.Equal([1, 10_000, 1, StartMilliseconds + 20_000, 1, 7], Doubles(_traces.TakeEdge()!.Bands));
        _traces.Add(TestFrames.Frame(31));
        Assert.Empty(_traces.TakeEdge()!.Bands);
    }

    [Fact]
    public void Newest_sample_is_told_with_when_it_was_measured_arrived_and_sent()
    {
        _traces.Add(TestFrames.Refill(1, TestFrames.Column("a", (0.5, 1)) with { Latest = Latest(0.5, 1) with { Received = Clock.Start.AddSeconds(0.7) } }, TestFrames.Column("b", (0.6, 1))));

        Assert.Equal(new SampleAge(StartMilliseconds + 500, StartMilliseconds + 700, StartMilliseconds + 1000), _traces.TakeEdge()!.Newest);
        _traces.Add(TestFrames.Frame(2));
        Assert.Null(_traces.TakeEdge()!.Newest);
    }

    [Fact]
    public void Newest_sample_of_recordings_has_no_time_of_measurement_and_amid_live_sensors_does_not_count()
    {
        var recordings = new ChartTraces([new Sensor { Id = "a", Recorded = true }], 100);
        recordings.Add(TestFrames.Frame(1, TestFrames.Column("a", (0.5, 1))));
        Assert.Equal(new SampleAge(null, StartMilliseconds + 500, StartMilliseconds + 1000), recordings.TakeEdge()!.Newest);

        var mixed = new ChartTraces([new Sensor { Id = "a", Recorded = true }, new Sensor { Id = "b" }], 100);
        mixed.Add(TestFrames.Frame(1, TestFrames.Column("b", (0.25, 1)), TestFrames.Column("a", (0.5, 1))));
        Assert.Equal(StartMilliseconds + 250, mixed.TakeEdge()!.Newest!.Measured);
    }

    [Fact]
    public void Bucket_of_few_samples_more_than_it_shows_is_no_band()
    {
        var column = TestFrames.Column("a", (0, 5), (1, 3), (2, 9), (3, 6), (10, 1)) with { Sequences = [1, 3, 9, 12, 13] };

        _traces.Add(TestFrames.Refill(20, column) with { Bucket = TimeSpan.FromSeconds(10) });

        Assert.Empty(_traces.Take()!.Bands);
    }

    [Theory]
    [InlineData(double.NaN, SampleMarks.None)]
    [InlineData(3, SampleMarks.GapBefore)]
    [InlineData(3, (SampleMarks)Quality.Bad)]
    [InlineData(9.2, SampleMarks.None)]
    public void Bucket_in_which_the_line_is_open_or_goes_one_way_is_no_band(double value, SampleMarks marks)
    {
        var column = TestFrames.Column("a", (0, 5), (1, value), (2, 9), (10, 1)) with { Sequences = [1, 40, 70, 100], Marks = [SampleMarks.None, marks, SampleMarks.None, SampleMarks.None] };

        _traces.Add(TestFrames.Refill(20, column) with { Bucket = TimeSpan.FromSeconds(10) });

        Assert.Empty(_traces.Take()!.Bands);
    }

    private static double[] Doubles(byte[] bytes) => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes)];

    private static double[] Numbers(ChartEdge? edge) => [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(edge!.Points)];

    private static LatestSample Latest(double seconds, double value) =>
        new(Clock.Start.AddSeconds(seconds), value, Quality.Good, Clock.Start.AddSeconds(seconds));
}
