using System.Text;
using LiveViz.Charts;

namespace LiveViz.Tests.Charts;

public class ChartCsvTests
{
    [Fact]
    public void Sample_is_a_line_of_exact_time_and_value()
    {
        var column = TestFrames.Column("a", (1.0000001, 0.1 + 0.2), (2, double.NaN)) with { Marks = [(SampleMarks)Quality.Uncertain, (SampleMarks)Quality.Bad] };

        Assert.Equal(
            "timestamp,sensor,value,unit,quality\n2026-03-01T12:00:01.0000001Z,a,0.30000000000000004,°C,Uncertain\n2026-03-01T12:00:02Z,a,,°C,Bad\n",
            Write(column, "a", "°C"));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"a\"", "\"say \"\"a\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-5", "'-5")]
    [InlineData("a=1", "a=1")]
    public void Id_is_text_to_whoever_reads_it(string id, string written) =>
        Assert.Contains($",{written},1,", Write(TestFrames.Column(id, (1, 1)), id, ""), StringComparison.Ordinal);

    private static string Write(FrameColumn column, string id, string unit) =>
        Encoding.UTF8.GetString(ChartCsv.Write(TestFrames.Frame(3, column), [new Sensor { Id = id, Unit = unit }]));
}
