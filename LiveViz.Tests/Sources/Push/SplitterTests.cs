using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Tests.Sources.Push;

public sealed class SplitterTests
{
    private const string A = """{"sensorId":"a","value":1}""";

    private readonly Doors _doors = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Lines_are_the_same_however_they_come(int piece)
    {
        var report = _doors.Take(new LineSplitter(), Reader(), "a v=1\r\n\n# x\nb v=x\na v=2\n\na v=3", piece);

        Assert.Equal([1, 2, 3], _doors.Values("a.v"));
        Assert.Equal((3, 1, 4), (report.Accepted, report.Refused, report.Rejections[0].Number));
        Assert.StartsWith("unable to parse 'b v=x': invalid field value", report.Rejections[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(int.MaxValue)]
    public void Line_without_end_is_one_refused_line_of_bounded_memory(int piece)
    {
        var report = _doors.Take(new LineSplitter(), Reader(), $"a v=1\n{new string('x', 1_000_000)}\na v=2\n", piece);

        Assert.Equal([1, 2], _doors.Values("a.v"));
        Assert.Equal((2, "it is longer than 65536 bytes"), (Assert.Single(report.Rejections).Number, report.Rejections[0].Problem));
    }

    [Fact]
    public void Last_line_without_a_line_end_counts_only_where_nothing_can_have_been_cut_off()
    {
        Assert.Equal(1, _doors.Take(new LineSplitter(), Reader(), "a v=12").Accepted);
        var cut = _doors.Take(new LineSplitter(lastNeedsEnd: true), Reader(), "a v=12");

        Assert.Equal((0, 1), (cut.Accepted, cut.Refused));
    }

    [Theory]
    [InlineData(A, 1)]
    [InlineData($"[{A},{A}]", 2)]
    [InlineData($"  [ {A} , {A} ]  \n", 2)]
    [InlineData($"{A}\n{A}\r\n\n{A}\n", 3)]
    [InlineData($"{A}{A}", 2)]
    [InlineData($"[{A}][{A},{A}]", 3)]
    [InlineData("[]", 0)]
    [InlineData("  \n ", 0)]
    public void Json_is_an_item_a_list_or_items_one_after_the_other(string text, int items)
    {
        foreach (var piece in (int[])[1, 2, 5, 1000])
        {
            var report = _doors.Take(new JsonSplitter(), new JsonPointReader(), text, piece);

            Assert.Empty(report.Rejections);
            Assert.Equal(items, report.Accepted);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void Byte_order_mark_is_no_part_of_the_text_however_it_comes(int piece)
    {
        Assert.Equal(2, _doors.Take(new LineSplitter(), Reader(), "\uFEFFa v=1\na v=2\n", piece).Accepted);
        Assert.Equal(1, _doors.Take(new LineSplitter(lastNeedsEnd: true), new JsonPointReader(), $"\uFEFF{A}\n", piece).Accepted);
        Assert.Equal(2, _doors.Take(new JsonSplitter(), new JsonPointReader(), $"\uFEFF[{A},{A}]", piece).Accepted);

        Assert.Equal([1, 2], _doors.Values("a.v"));
        Assert.NotEmpty(_doors.Values("a"));
    }

    [Fact]
    public void Beginning_of_a_byte_order_mark_that_becomes_none_is_part_of_the_text()
    {
        var report = _doors.Take(new LineSplitter(), Reader(), [0xEF, 0xBB], piece: 1);

        Assert.Equal(1, Assert.Single(report.Rejections).Number);
    }

    [Theory]
    [InlineData($$"""[{{A}},{"sensorId":"a","value":"x"},5,{{A}}]""", 2, "2: unable to parse", "3: unable to parse '5': no object")]
    [InlineData($"[{A},{A}", 2, "3: the text is no JSON")]
    [InlineData($"[{A},,{A}]", 1, "2: the text is no JSON")]
    [InlineData($"[{A}]]", 1, "2: the text is no JSON")]
    [InlineData("{\"sensorId\":", 0, "1: the text is no JSON")]
    [InlineData("sensorId", 0, "1: the text is no JSON")]
    public void Items_are_refused_each_with_a_reason_and_nothing_is_read_after_what_is_no_json(string text, int accepted, params string[] refused)
    {
        foreach (var piece in (int[])[1, 3, 1000])
        {
            var report = _doors.Take(new JsonSplitter(), new JsonPointReader(), text, piece);

            Assert.Equal(accepted, report.Accepted);
            Assert.Equal(refused.Length, report.Rejections.Count);
            Assert.All(refused.Zip(report.Rejections), pair =>
                Assert.StartsWith(pair.First, $"{pair.Second.Number}: {pair.Second.Problem}", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData($"[{A},]", "the text is no JSON: The JSON array contains a trailing comma at the end; nothing from here on was read")]
    [InlineData("[", "the text is no JSON: There is an open JSON object or array that should be closed; nothing from here on was read")]
    public void Problem_of_json_is_said_without_advice_to_programmers(string text, string problem) =>
        Assert.Equal(problem, Assert.Single(_doors.Take(new JsonSplitter(), new JsonPointReader(), text).Rejections).Problem);

    [Fact]
    public void Item_without_end_is_refused_and_takes_bounded_memory()
    {
        var report = _doors.Take(new JsonSplitter(), new JsonPointReader(), $"[{A},{{\"x\":\"{new string('x', 1_000_000)}\"}},{A}]", 1_000);

        Assert.Equal((1, 2), (report.Accepted, Assert.Single(report.Rejections).Number));
        Assert.Contains("longer than 65536 bytes", report.Rejections[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_that_the_intake_refuses_are_said_with_their_line_and_the_first_twenty_only()
    {
        var report = _doors.Take(new LineSplitter(), Reader(), string.Concat(Enumerable.Range(0, 30).Select(i => $"a v={i} -1\nb v={i}\n")));

        Assert.Equal((30, 30, 20), (report.Accepted, report.Refused, report.Rejections.Count));
        Assert.Equal((3, "sensor \"a.v\" has a time before 1970: 1969-12-31T23:59:59.9999999Z"), (report.Rejections[1].Number, report.Rejections[1].Problem));
        Assert.Equal(30, _doors.Http.Status!.Rejected);
        Assert.Contains("before 1970", _doors.Http.Status.LastRejection, StringComparison.Ordinal);
    }

    [Fact]
    public void Id_that_looks_like_another_is_refused_and_its_neighbours_are_kept()
    {
        var report = _doors.Take(new JsonSplitter(), new JsonPointReader(), $$"""[{{A}},{"sensorId":"a\u200b","value":2},{"sensorId":"a ","value":3},{{A}}]""");

        Assert.Equal((2, 2), (report.Accepted, report.Refused));
        Assert.Equal([2, 3], report.Rejections.Select(rejection => rejection.Number));
        Assert.EndsWith("has an invisible character in its id, U+200B", report.Rejections[0].Problem, StringComparison.Ordinal);
        Assert.Equal("sensor \"a \" has an id that begins or ends with a space", report.Rejections[1].Problem);
    }

    [Fact]
    public void Samples_that_state_no_time_are_all_kept_in_their_order()
    {
        _doors.Take(new LineSplitter(), Reader(), "a v=1\na v=1\na v=0\n");

        Assert.Equal([1, 1, 0], _doors.Values("a.v"));
        Assert.Equal(0, _doors.Http.Status!.Duplicates);
    }

    [Fact]
    public void Door_is_seen_once_it_is_used_and_says_what_it_passes_over()
    {
        Assert.Null(_doors.Http.Status);
        _doors.Take(new LineSplitter(), Reader(), "a t=\"x\"\na v=1");
        Assert.StartsWith("1 text in the place of a value was passed over", _doors.Http.Status!.Reason, StringComparison.Ordinal);
        _doors.Take(new LineSplitter(), Reader(), "a u=\"y\"");

        Assert.Equal(("HTTP", "Http", 1), (_doors.Http.Status!.Name, _doors.Http.Status.Type, _doors.Http.Status.Accepted));
        Assert.StartsWith("2 texts", _doors.Http.Status.Reason, StringComparison.Ordinal);
    }

    private LineProtocolReader Reader() => _doors.Http.NewLineReader(TimePrecision.Nanoseconds);
}
