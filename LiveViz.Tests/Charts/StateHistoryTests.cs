using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

/// <summary>The states of a sensor over a window of a minute; normal is 10 to 20.</summary>
public class StateHistoryTests
{
    private static readonly Sensor Sensor = new() { Id = "a", Name = "Boiler", Normal = new ValueRange(10, 20) };
    private readonly StateHistory _history = new(Sensor);

    [Fact]
    public void State_holds_until_a_sample_of_another()
    {
        _history.Add(TestFrames.Column("a", (0, 15), (10, 16), (20, 25), (30, 26), (40, 15), (50, 5)));

        Assert.Equal("Normal 0–20, High 20–40, Normal 40–50, Low 50–60", Words());
    }

    [Fact]
    public void Before_the_first_sample_there_is_no_data()
    {
        _history.Add(TestFrames.Column("a", (30, 15)));

        Assert.Equal("NoData 0–30, Normal 30–60", Words());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Between_samples_with_a_gap_there_is_no_data(bool isStated)
    {
        _history.Add(TestFrames.Column("a", (0, 15), (10, 15)));
        var next = TestFrames.Column("a", (30, 15)) with { Gap = isStated ? new SampleGap(3, 5, GapReason.Overwritten) : null };
        next.Marks[0] = isStated ? SampleMarks.None : SampleMarks.GapBefore;
        _history.Add(next);

        Assert.Equal("Normal 0–10, NoData 10–30, Normal 30–60", Words());
    }

    [Fact]
    public void Stale_sensor_has_no_data_since_its_newest_sample_until_it_sends_again()
    {
        _history.Add(TestFrames.Column("a", (0, 15)) with { Latest = Latest(20, 15), IsStale = true });
        Assert.Equal("Normal 0–20, NoData 20–60", Words());

        var next = TestFrames.Column("a", (20, 15), (50, 15));
        next.Marks[1] = SampleMarks.GapBefore;
        _history.Add(next);
        Assert.Equal("Normal 0–20, NoData 20–50, Normal 50–60", Words());
    }

    [Fact]
    public void Newest_sample_counts_before_its_bucket_is_over_and_not_after()
    {
        _history.Add(TestFrames.Column("a", (0, 15)) with { Latest = Latest(30, 25) });
        Assert.Equal("Normal 0–30, High 30–60", Words());

        _history.Add(TestFrames.Column("a", (20, 25), (30, 25), (40, 15)));
        Assert.Equal("Normal 0–20, High 20–40, Normal 40–60", Words());
    }

    [Fact]
    public void Quality_counts()
    {
        var column = TestFrames.Column("a", (0, 15), (10, 15), (20, 15), (30, double.NaN), (40, 15));
        column.Marks[1] = (SampleMarks)Quality.Uncertain;
        column.Marks[2] = (SampleMarks)Quality.Bad;
        _history.Add(column);

        Assert.Equal("Normal 0–10, Uncertain 10–20, Bad 20–40, Normal 40–60", Words());
    }

    [Fact]
    public void What_is_older_than_the_window_is_forgotten_but_not_how_it_began()
    {
        _history.Add(TestFrames.Column("a", (0, 15), (10, 25), (20, 15), (30, 5)));

        _history.DropBefore(Clock.Ticks(25));

        Assert.Equal("NoData 0–20, Normal 20–30, Low 30–60", Words());
        _history.Clear();
        Assert.Equal("NoData 0–60", Words());
    }

    [Fact]
    public void Several_changes_at_one_time_are_the_last_of_them()
    {
        _history.Add(TestFrames.Column("a", (0, 15), (20, 25), (20, 15), (40, 25)));

        Assert.Equal("Normal 0–40, High 40–60", Words());
    }

    [Fact]
    public void Row_tells_each_transition_with_its_time()
    {
        _history.Add(TestFrames.Column("a", (0, 15), (20, 25), (40, 15)));

        var row = StatePicture.Row(_history, new TimeScale(Clock.Start, Clock.Start.AddSeconds(60)), new ViewerClock(TimeSpan.FromHours(1)));

        Assert.Equal(
            ["Boiler: Normal until 13:00:20", "Boiler: High from 13:00:20 to 13:00:40 (20 s)", "Boiler: Normal since 13:00:40"],
            row.Marks.Select(mark => mark.Told));
        Assert.Equal(["High since 13:00:20", "Normal since 13:00:40"], row.Said);
        Assert.Equal("Boiler: Normal, 2 changes in 1 min", row.Summary);
        Assert.Equal(("left:33.33%;width:33.33%", "H"), (row.Marks[1].Style, row.Marks[1].Letter));
    }

    private static LatestSample Latest(double seconds, double value) =>
        new(Clock.Start.AddSeconds(seconds), value, Quality.Good, Clock.Start.AddSeconds(seconds));

    private string Words() => string.Join(", ", _history.Spans(Clock.Ticks(0), Clock.Ticks(60))
        .Select(span => $"{span.State} {(span.From - Clock.Start.Ticks) / TimeSpan.TicksPerSecond}–{(span.To - Clock.Start.Ticks) / TimeSpan.TicksPerSecond}"));
}
