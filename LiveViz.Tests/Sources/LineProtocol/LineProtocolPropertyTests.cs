using System.Globalization;
using System.Text;
using CsCheck;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Writes;
using LiveViz.Server.Sources.LineProtocol;

namespace LiveViz.Tests.Sources.LineProtocol;

/// <summary>What holds of any line.</summary>
public sealed class LineProtocolPropertyTests
{
    // What the format cannot carry is not asked of it: an empty name, one that ends in a backslash, a backslash that
    // stands before what needs one itself, and control characters.
    private static readonly Gen<string> Name =
        Gen.Char["abcXYZ09 ,=\"'#/._-äß°漢"].Array[1, 12].Select(chars => new string(chars)).Where(name => !name.StartsWith('#'));

    [Fact]
    public void Decimal_is_the_nearest_double()
    {
        Gen.OneOf(
            Gen.Select(Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[0, 17], (digits, point) => Decimal(digits, point)),
            Gen.Double.Select(value => value.ToString("R", CultureInfo.InvariantCulture)),
            Gen.Float.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))
            .Where(text => char.IsAsciiDigit(text[^1]))
            .Sample(text =>
                LineNumber.Read(Encoding.UTF8.GetBytes(text), out var value) is null
                && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Point_written_by_the_real_client_is_read_as_it_was()
    {
        var point = Gen.Select(Name, Gen.Dictionary(Name, Name)[0, 5], Gen.Dictionary(Name, Gen.Double)[1, 5], Gen.Long[0, 4_000_000_000_000_000_000]);
        point.Sample((measurement, tags, fields, nanoseconds) =>
        {
            var written = PointData.Measurement(measurement).Timestamp(nanoseconds, WritePrecision.Ns);
            written = tags.Aggregate(written, (all, tag) => all.Tag(tag.Key, tag.Value));
            written = fields.Aggregate(written, (all, field) => all.Field(field.Key, field.Value));
            var line = written.ToLineProtocol();

            var read = new Lines().Points(line);

            // What is not finite the client does not write.
            var head = measurement + string.Concat(tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $",{tag.Key}={tag.Value}"));
            Assert.Equal(
                fields.Where(field => double.IsFinite(field.Value)).Select(field => ($"{head}.{field.Key}", field.Value)).Order(),
                read.Select(sample => (sample.SensorId, sample.Value!.Value)).Order());
            Assert.All(read, sample => Assert.Equal(DateTime.UnixEpoch.AddTicks(nanoseconds / 100), sample.Timestamp));
        });
    }

    private static string Decimal(long digits, int point)
    {
        var text = Math.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(point + 1, '0');
        return (digits < 0 ? "-" : "") + (point == 0 ? text : $"{text[..^point]}.{text[^point..]}");
    }
}
