using LiveViz.Server.Sources.LineProtocol;

namespace LiveViz.Tests.Sources.LineProtocol;

/// <summary>The corners of the grammar, as InfluxDB's reference of line protocol states them.</summary>
public sealed class LineProtocolReaderTests
{
    private readonly Lines _lines = new();

    [Theory]
    // Numbers
    [InlineData("m f=1.0", "m.f", 1.0)]
    [InlineData("m f=1", "m.f", 1.0)]
    [InlineData("m f=-1.234456e+78", "m.f", -1.234456e+78)]
    [InlineData("m f=1E-3", "m.f", 0.001)]
    [InlineData("m f=.5", "m.f", 0.5)]
    [InlineData("m f=5.", "m.f", 5.0)]
    [InlineData("m f=-.5", "m.f", -0.5)]
    [InlineData("m f=0.1", "m.f", 0.1)]
    [InlineData("m f=123456789012345", "m.f", 123456789012345.0)]
    [InlineData("m f=0.30000000000000004", "m.f", 0.30000000000000004)]
    [InlineData("m f=9007199254740993", "m.f", 9007199254740992.0)]
    [InlineData("m f=12485903i", "m.f", 12485903.0)]
    [InlineData("m f=-9223372036854775808i", "m.f", -9223372036854775808.0)]
    [InlineData("m f=9223372036854775807i", "m.f", 9223372036854775807.0)]
    [InlineData("m f=18446744073709551615u", "m.f", 18446744073709551615.0)]
    [InlineData("m f=0u", "m.f", 0.0)]
    // Booleans
    [InlineData("m f=t", "m.f", 1.0)]
    [InlineData("m f=T", "m.f", 1.0)]
    [InlineData("m f=true", "m.f", 1.0)]
    [InlineData("m f=True", "m.f", 1.0)]
    [InlineData("m f=TRUE", "m.f", 1.0)]
    [InlineData("m f=f", "m.f", 0.0)]
    [InlineData("m f=F", "m.f", 0.0)]
    [InlineData("m f=false", "m.f", 0.0)]
    [InlineData("m f=False", "m.f", 0.0)]
    [InlineData("m f=FALSE", "m.f", 0.0)]
    // What is no number, and what is too large for one
    [InlineData("m f=NaN", "m.f", double.NaN)]
    [InlineData("m f=Inf", "m.f", double.NaN)]
    [InlineData("m f=+Inf", "m.f", double.NaN)]
    [InlineData("m f=-Infinity", "m.f", double.NaN)]
    [InlineData("m f=1e999", "m.f", double.PositiveInfinity)]
    [InlineData("m f=-1e999", "m.f", double.NegativeInfinity)]
    // Escapes
    [InlineData(@"my\ Measurement f=1", "my Measurement.f", 1.0)]
    [InlineData(@"my\,Measurement f=1", "my,Measurement.f", 1.0)]
    [InlineData(@"my=Measurement f=1", "my=Measurement.f", 1.0)]
    [InlineData(@"my\=Measurement f=1", @"my\=Measurement.f", 1.0)]
    [InlineData(@"m,tag\ Key1=tag\ Value1,tag\ Key2=tag\ Value2 f=100", "m,tag Key1=tag Value1,tag Key2=tag Value2.f", 100.0)]
    [InlineData(@"m,a\,b=c\,d,e\=f=g\=h f=1", "m,a,b=c,d,e=f=g=h.f", 1.0)]
    [InlineData(@"m f\ g\,h\=i=1", "m.f g,h=i", 1.0)]
    [InlineData(@"m,path=C:\Windows f=1", @"m,path=C:\Windows.f", 1.0)]
    [InlineData(@"m,path=a\\b f=1", @"m,path=a\\b.f", 1.0)]
    [InlineData(@"m,path=a\\\ b f=1", @"m,path=a\\ b.f", 1.0)]
    // Quotes are part of a name anywhere but in a field's value
    [InlineData("\"m\",\"t\"='v' \"f\"=1", "\"m\",\"t\"='v'.\"f\"", 1.0)]
    [InlineData("m,tagKey=🍭 f=1", "m,tagKey=🍭.f", 1.0)]
    // Tags are put in the order of their names
    [InlineData("m,b=2,a=1,A=0 f=1", "m,A=0,a=1,b=2.f", 1.0)]
    // White space
    [InlineData("  \tm   f=1  ", "m.f", 1.0)]
    [InlineData("m f=1\r", "m.f", 1.0)]
    [InlineData("m f=1   1772366400000000000  ", "m.f", 1.0)]
    [InlineData("_m _f=1", "_m._f", 1.0)]
    public void Line_is_a_sample(string line, string id, double value)
    {
        var point = Assert.Single(_lines.Points(line));

        Assert.Equal((id, BitConverter.DoubleToInt64Bits(value), Clock.Start), (point.SensorId, BitConverter.DoubleToInt64Bits(point.Value!.Value), point.Timestamp));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \t ")]
    [InlineData("\r")]
    [InlineData("# a comment f=1")]
    [InlineData("  # m f=1")]
    [InlineData("m f=\"text\"")]
    [InlineData("m f=\"a, b=c \\\" d\\\\\",g=\"\" 1772366400000000000")]
    [InlineData("m f=\"#\"")]
    public void Line_without_a_number_is_no_sample_and_no_error(string line) => Assert.Empty(_lines.Points(line));

    [Theory]
    [InlineData("m", "missing fields")]
    [InlineData("m ", "missing fields")]
    [InlineData("m,t=v", "missing fields")]
    [InlineData(",t=v f=1", "missing measurement")]
    [InlineData("m, f=1", "missing tag key")]
    [InlineData("m,=v f=1", "missing tag key")]
    [InlineData("m,t f=1", "missing tag value")]
    [InlineData("m,t= f=1", "missing tag value")]
    [InlineData("m,t=,u=v f=1", "missing tag value")]
    [InlineData("m,t=v,, f=1", "missing tag key")]
    [InlineData("m,t=a=b f=1", "invalid tag format")]
    [InlineData("m,t=a,t=b f=1", "duplicate tags")]
    [InlineData("m,t=a,u=c,t=b f=1", "duplicate tags")]
    [InlineData("m =1", "missing field key")]
    [InlineData("m f=1,=2", "missing field key")]
    [InlineData("m f", "missing field value")]
    [InlineData("m f=", "missing field value")]
    [InlineData("m f= 1772366400000000000", "missing field value")]
    [InlineData("m f=1,", "missing field value")]
    [InlineData("m f=1,g", "missing field value")]
    [InlineData("m f=,g=1", "missing field value")]
    [InlineData("m f=1.1.1", "invalid number")]
    [InlineData("m f=1e", "invalid number")]
    [InlineData("m f=0x10", "invalid number")]
    [InlineData("m f=1_000", "invalid number")]
    [InlineData("m f=12,5", "missing field value")]
    [InlineData("m f=.", "invalid number")]
    [InlineData("m f=1.5i", "invalid number")]
    [InlineData("m f=9i1", "invalid number")]
    [InlineData("m f=9223372036854775808i", "invalid number")]
    [InlineData("m f=-1u", "invalid number")]
    [InlineData("m f=18446744073709551616u", "invalid number")]
    [InlineData("m f=-", "invalid field value")]
    [InlineData("m f=+1", "invalid field value")]
    [InlineData("m f=i", "invalid field value")]
    [InlineData("m f=tRUE", "invalid field value")]
    [InlineData("m f=text", "invalid field value")]
    [InlineData("m f='text'", "invalid field value")]
    [InlineData("m f=1\t", "invalid number")]
    [InlineData("m f=\"text", "unbalanced quotes")]
    [InlineData("m f=\"text\\\"", "unbalanced quotes")]
    [InlineData("m f=\"text\"x", "invalid field format")]
    [InlineData("m f=1 now", "bad timestamp")]
    [InlineData("m f=1 1.5", "bad timestamp")]
    [InlineData("m f=1 1 1", "bad timestamp")]
    [InlineData("m f=1 +1", "bad timestamp")]
    [InlineData("m f=1, g=2", "missing field key")]
    [InlineData("m f=1 1e18", "bad timestamp")]
    [InlineData("m f=1 92233720368547758080", "time outside range")]
    public void Line_that_cannot_be_read_is_refused_whole_with_a_reason(string line, string reason)
    {
        Assert.StartsWith(reason, _lines.Read(line), StringComparison.Ordinal);
        Assert.Equal(0, _lines.Batch.Count);
    }

    [Fact]
    public void Field_that_cannot_be_read_leaves_out_those_before_it_too()
    {
        Assert.NotNull(_lines.Read("m a=1,b=2,c=x"));
        Assert.Equal(0, _lines.Batch.Count);
    }

    [Fact]
    public void Each_field_is_a_sensor_of_its_own_and_texts_are_counted()
    {
        var points = _lines.Points("cpu,host=a idle=90.5,state=\"ok, and = well\",user=7i,on=true 1772366400123456789");

        Assert.Equal(["cpu,host=a.idle", "cpu,host=a.user", "cpu,host=a.on"], points.Select(point => point.SensorId));
        Assert.Equal([90.5, 7, 1], points.Select(point => point.Value!.Value));
        Assert.All(points, point => Assert.Equal(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(1_234_567), point.Timestamp));
        Assert.Equal(1, _lines.Batch.Texts);
    }

    [Theory]
    [InlineData("ns", 1772366400123456789, 1_234_567)]
    [InlineData("us", 1772366400123456, 1_234_560)]
    [InlineData("ms", 1772366400123, 1_230_000)]
    [InlineData("s", 1772366400, 0)]
    [InlineData("m", 29539440, 0)]
    [InlineData("h", 492324, 0)]
    public void Timestamp_is_of_the_unit_agreed_upon(string unit, long timestamp, int ticks)
    {
        var precision = unit switch
        {
            "ns" => TimePrecision.Nanoseconds,
            "us" => TimePrecision.Microseconds,
            "ms" => TimePrecision.Milliseconds,
            "s" => TimePrecision.Seconds,
            "m" => TimePrecision.Minutes,
            _ => TimePrecision.Hours,
        };

        var point = Assert.Single(new Lines(precision: precision).Points($"m f=1 {timestamp}"));

        Assert.Equal((Clock.Start.AddTicks(ticks), DateTimeKind.Utc), (point.Timestamp, point.Timestamp.Kind));
    }

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.0000000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.9999999Z")]
    [InlineData(99, "1970-01-01T00:00:00.0000000Z")]
    [InlineData(long.MaxValue, "2262-04-11T23:47:16.8547758Z")]
    [InlineData(long.MinValue, "1677-09-21T00:12:43.1452241Z")]
    public void Nanoseconds_are_cut_off_to_what_a_time_holds(long timestamp, string time)
    {
        Assert.Equal(time, Assert.Single(_lines.Points($"m f=1 {timestamp}")).Timestamp.ToString("O"));
    }

    [Fact]
    public void Time_beyond_the_year_9999_is_refused()
    {
        var lines = new Lines(precision: TimePrecision.Seconds);

        Assert.Equal(9999, Assert.Single(lines.Points("m f=1 253402300799")).Timestamp.Year);
        Assert.StartsWith("time outside range", lines.Read("m f=1 253402300800"), StringComparison.Ordinal);
        Assert.StartsWith("time outside range", lines.Read("m f=1 1772366400000000000"), StringComparison.Ordinal);
    }

    [Fact]
    public void Number_of_ten_thousand_digits_is_read()
    {
        Assert.Equal(double.PositiveInfinity, Assert.Single(_lines.Points("m f=" + new string('9', 10_000))).Value);
        Assert.Equal(1 / 3.0, Assert.Single(_lines.Points("m f=0." + new string('3', 10_000))).Value);
        Assert.NotNull(_lines.Read("m f=" + new string('9', 10_000) + "i"));
        Assert.True(double.IsNegative(Assert.Single(_lines.Points("m f=-0")).Value!.Value));
    }

    [Fact]
    public void Name_that_is_not_utf8_is_refused()
    {
        Assert.StartsWith("not UTF-8", _lines.Read([.. "m"u8, 0xFF, .. " f=1"u8]), StringComparison.Ordinal);
        Assert.StartsWith("not UTF-8", _lines.Read([.. "m f"u8, 0xC3, .. "=1"u8]), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_series_costs_no_memory()
    {
        var line = "cpu,host=a,cpu=cpu-total usage_idle=90.5,usage_user=7.25,up=t,n=12i 1772366400123456789"u8.ToArray();
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(_lines.Read(line));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _lines.Read(line);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Names_without_end_do_not_take_memory_without_end()
    {
        var tail = new string('x', 900);
        for (var i = 0; i < 60_000; i++)
        {
            _lines.Read($"m{i},t={tail} f=1");
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 60_000; i < 300_000; i++)
        {
            _lines.Read($"m{i},t={tail} f=1");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 200_000_000);
    }

    [Theory]
    [InlineData("{tag:host}/{measurement}/{field}", "a/cpu/idle")]
    [InlineData("{tag:host}.{tag:cpu}", "a.0")]
    [InlineData("{measurement}{tags}", "cpu,cpu=0,host=a")]
    [InlineData("plant 1: {field}", "plant 1: idle")]
    public void Template_makes_the_id(string template, string id) =>
        Assert.Equal(id, Assert.Single(new Lines(template).Points("cpu,host=a,cpu=0 idle=1")).SensorId);

    [Fact]
    public void Line_without_a_tag_that_the_template_asks_for_is_refused()
    {
        Assert.Contains("\"host\"", new Lines("{tag:host}/{field}").Read("cpu idle=1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{measurement")]
    [InlineData("measurement}")]
    [InlineData("{mesurement}")]
    [InlineData("{tag:}")]
    [InlineData("{}")]
    public void Template_that_is_none_is_said(string template) => Assert.NotNull(LineTemplate.TryParse(template, out _));
}
