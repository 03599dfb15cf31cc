using LiveViz.Server.Streaming;
using LiveViz.Tests.Sources;
using Microsoft.Extensions.Logging;

namespace LiveViz.Tests.Streaming;

public class IntakeTests
{
    private readonly SensorLog _log = TestLog.New();
    private readonly ListLogger<Intake> _logger = new();
    private readonly FakeSource _source = new((_, _) => throw new InvalidOperationException());
    private readonly Intake _intake;

    public IntakeTests() => _intake = New("source");

    [Fact]
    public void Sample_is_taken_in_as_it_came()
    {
        Assert.True(_intake.Accept(new DataPoint("a", Clock.Start.AddSeconds(-1), 1.5, Quality.Uncertain)));

        Assert.Equal((Clock.Ticks(-1), 1.5, Quality.Uncertain), Newest("a"));
        Assert.Equal(Clock.Ticks(0), Series("a").ReceivedTicks);
        Assert.Equal((1, 0, ""), (_intake.Accepted, _intake.Rejected, _intake.LastRejection));
    }

    [Fact]
    public void Samples_of_a_known_sensor_allocate_nothing()
    {
        Accept(70_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Accept(10_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Accept(int count)
        {
            for (var i = 0; i < count; i++)
            {
                _intake.Accept(new DataPoint("a", Clock.Start, i));
            }
        }
    }

    [Fact]
    public void Sample_that_is_refused_makes_no_sensor_known()
    {
        Refused(new DataPoint("new", Clock.Start.AddDays(2), 1), "a day ahead");

        Assert.False(_log.TryGet("new", out _));
    }

    [Fact]
    public void Sample_sent_again_is_taken_once_and_counted()
    {
        for (var time = 0; time < 2; time++)
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.True(_intake.Accept(new DataPoint("a", Clock.Start.AddSeconds(i), i == 5 ? null : i)));
            }
        }

        Assert.Equal((10, 10, 0), (_intake.Accepted, _intake.Duplicates, _intake.Rejected));
        Assert.Equal(11, Series("a").Next);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_no_value_and_bad(double? value)
    {
        Assert.True(_intake.Accept(new DataPoint("a", Clock.Start, value)));

        Assert.Equal((Clock.Ticks(0), double.NaN, Quality.Bad), Newest("a"));
    }

    [Fact]
    public void Quality_that_does_not_exist_is_bad()
    {
        Assert.True(_intake.Accept(new DataPoint("a", Clock.Start, 1, (Quality)0b100)));
        Assert.Equal((Clock.Ticks(0), 1, Quality.Bad), Newest("a"));

        Assert.True(_intake.Accept(new DataPoint("a", Clock.Start, 1, (Quality)3)));
        Assert.Equal((Clock.Ticks(0), 1, Quality.Bad), Newest("a"));
        Assert.All(Series("a").AllMarks(), mark => Assert.False(mark.HasGapBefore()));
    }

    [Fact]
    public void Time_of_no_kind_is_taken_for_utc()
    {
        _intake.Accept(new DataPoint("a", DateTime.SpecifyKind(Clock.Start, DateTimeKind.Unspecified), 1));

        Assert.Equal(Clock.Ticks(0), Newest("a").Ticks);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1e9)]
    public void Time_before_1970_is_refused(double seconds) =>
        Refused(new DataPoint("a", DateTime.UnixEpoch.AddSeconds(seconds), 1), "before 1970");

    [Fact]
    public void Time_of_1970_is_taken_in() => Assert.True(_intake.Accept(new DataPoint("a", DateTime.UnixEpoch, 1)));

    [Fact]
    public void Time_more_than_a_day_ahead_is_refused()
    {
        Assert.True(_intake.Accept(new DataPoint("a", Clock.Start.AddDays(1), 1)));

        Refused(new DataPoint("a", Clock.Start.AddDays(1).AddTicks(1), 1), "a day ahead");
        Refused(new DataPoint("a", DateTime.MaxValue, 1), "9999-12-31");
        Refused(new DataPoint("a", DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Local), 1), "a day ahead");
    }

    [Theory]
    [InlineData(null, "no id")]
    [InlineData("", "no id")]
    [InlineData("a\nb", "control character")]
    [InlineData("\0", "control character")]
    [InlineData("a\u007f", "control character")]
    [InlineData("a\u0085b", "control character")]
    [InlineData("a\u200bb", "invisible character in its id, U+200B")]
    [InlineData("a\u200f", "U+200F")]
    [InlineData("\u2060a", "U+2060")]
    [InlineData("\ufeffa", "U+FEFF")]
    [InlineData(" a", "begins or ends with a space")]
    [InlineData("a ", "begins or ends with a space")]
    [InlineData("a\u00a0", "begins or ends with a space")]
    [InlineData(" ", "begins or ends with a space")]
    public void Id_that_cannot_be_shown_is_refused(string? id, string reason) => Refused(new DataPoint(id!, Clock.Start, 1), reason);

    [Fact]
    public void Id_of_256_characters_is_the_longest()
    {
        Assert.True(_intake.Accept(new DataPoint(new string('x', 256), Clock.Start, 1)));

        Refused(new DataPoint(new string('x', 257), Clock.Start, 1), "257 characters");
        Assert.InRange(_intake.LastRejection.Length, 1, 200);
    }

    [Fact]
    public void Rejection_is_one_line_whatever_the_id()
    {
        Refused(new DataPoint("a\r\nInjected: line\u001b[31m", Clock.Start, 1), "control character");

        Assert.DoesNotContain(_intake.LastRejection, char.IsControl);
        Assert.DoesNotContain(Assert.Single(_logger.Entries).Message, char.IsControl);
    }

    [Fact]
    public void Sensor_of_another_source_is_refused_and_stays_with_it()
    {
        New("first").Accept(new DataPoint("a", Clock.Start, 1));

        Refused(new DataPoint("a", Clock.Start, 2), "belongs to the source \"first\"");

        Assert.Equal(1, Newest("a").Value);
        Assert.Equal("first", Series("a").Sensor.Source);
    }

    [Fact]
    public void Sensor_too_many_is_refused_and_the_others_go_on()
    {
        for (var i = 0; i < TestLog.SmallestBudget / 2; i++)
        {
            Assert.True(_intake.Accept(new DataPoint($"s{i}", Clock.Start, 1)));
        }

        Refused(new DataPoint("one more", Clock.Start, 1), "LiveViz:LogMegabytes");
        Assert.True(_intake.Accept(new DataPoint("s0", Clock.Start, 1)));
    }

    [Fact]
    public void First_rejection_is_logged_and_all_are_counted()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _intake.Accept(new DataPoint("a", DateTime.UnixEpoch.AddDays(-i), 1));
        }

        _intake.Accept(new DataPoint("a", Clock.Start, 1));

        var (level, message) = Assert.Single(_logger.Entries);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("\"a\" has a time before 1970: 1969-12-31", message, StringComparison.Ordinal);
        Assert.Contains("source", message, StringComparison.Ordinal);
        Assert.Equal((1, 1000), (_intake.Accepted, _intake.Rejected));
        Assert.Contains("1967-04-07", _intake.LastRejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Sensors_that_the_source_lists_are_seen_before_their_first_sample()
    {
        _source.Listed.Add(new Sensor { Id = "a", Name = "Boiler", Unit = "°C", Source = "not this" });

        _intake.Describe();

        Assert.Equal(new Sensor { Id = "a", Name = "Boiler", Unit = "°C", Source = "source" }, Series("a").Sensor);
        Assert.Equal(1, Series("a").Next);
    }

    [Fact]
    public void Sensor_listed_only_when_its_first_sample_comes_is_described()
    {
        _intake.Describe();
        _source.Listed.Add(new Sensor { Id = "a", Name = "Boiler" });

        _intake.Accept(new DataPoint("a", Clock.Start, 1));

        Assert.Equal("Boiler", Series("a").Sensor.Name);
    }

    [Fact]
    public void Sensor_described_later_or_anew_is_shown_so()
    {
        _intake.Accept(new DataPoint("a", Clock.Start, 1));
        _source.Listed.Add(new Sensor { Id = "a", Name = "Boiler" });

        _intake.Describe();

        Assert.Equal(new Sensor { Id = "a", Name = "Boiler", Source = "source" }, Series("a").Sensor);
    }

    [Fact]
    public void Sensor_of_another_source_is_not_described_by_this_one()
    {
        New("first").Accept(new DataPoint("a", Clock.Start, 1));
        _source.Listed.Add(new Sensor { Id = "a", Name = "Boiler" });

        _intake.Describe();

        Assert.Equal(("first", "a"), (Series("a").Sensor.Source, Series("a").Sensor.Name));
    }

    [Fact]
    public void Sensor_that_no_source_lists_is_in_the_area_of_its_source()
    {
        _intake.Accept(new DataPoint("a", Clock.Start, 1));

        Assert.Equal(new Sensor { Id = "a", Group = "source", Source = "source" }, Series("a").Sensor);
    }

    private Intake New(string name) => new(_log, Clock.New(), _logger, name, _source);

    private void Refused(DataPoint point, string reason)
    {
        var (accepted, rejected, appended) = (_intake.Accepted, _intake.Rejected, _log.Appended);
        Assert.False(_intake.Accept(point));
        Assert.Contains(reason, _intake.LastRejection, StringComparison.Ordinal);
        Assert.Equal((accepted, rejected + 1, appended), (_intake.Accepted, _intake.Rejected, _log.Appended));
    }

    private SensorSeries Series(string id) => _log.TryGet(id, out var series) ? series : throw new InvalidOperationException($"No {id}.");

    private (long Ticks, double Value, Quality Quality) Newest(string id)
    {
        var buffer = new SampleBuffer(1);
        Series(id).Read(Series(id).Next - 1, buffer);
        return (buffer.Ticks[0], buffer.Values[0], buffer.Marks[0].Quality());
    }
}
