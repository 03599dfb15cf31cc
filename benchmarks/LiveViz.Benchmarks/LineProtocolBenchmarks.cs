using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using LiveViz.Server.Sources.LineProtocol;
using LiveViz.Server.Sources.Push;

namespace LiveViz.Benchmarks;

/// <summary>
/// Line protocol as Telegraf writes it, from the bytes of a request's body to samples, on one thread. The series are
/// known, as they are after the first seconds. An operation is a sample.
/// </summary>
[Config(typeof(PerPointConfig))]
public class LineProtocolBenchmarks
{
    private const int Lines = 1_000;
    private const int Fields = 10;

    private readonly PointBatch _batch = new();
    private LineProtocolReader _reader = null!;
    private byte[] _manyFields = [];
    private byte[] _oneField = [];

    [GlobalSetup]
    public void Write()
    {
        LineTemplate.TryParse(LineTemplate.Default, out var template);
        _reader = new LineProtocolReader(new LineIds(template), TimePrecision.Nanoseconds);
        var random = new Random(1);
        _manyFields = Body(Lines, line => $"cpu,cpu=cpu{line % 100},host=plant-1 "
            + string.Join(',', Enumerable.Range(0, Fields).Select(field => FormattableString.Invariant($"usage_{field}={random.NextDouble() * 100:0.000}"))));
        _oneField = Body(Lines * Fields, line => FormattableString.Invariant($"opcua,id=ns\\=2;s\\=Boiler.{line % 100},host=plant-1 value={random.NextDouble() * 100}"));
    }

    /// <summary>Ten fields a line, of three decimals.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Lines * Fields)]
    public int TenFieldsALine() => Read(_manyFields);

    /// <summary>A field a line, of as many digits as a double has.</summary>
    [Benchmark(OperationsPerInvoke = Lines * Fields)]
    public int OneFieldALine() => Read(_oneField);

    private int Read(byte[] body)
    {
        _batch.Truncate(0);
        var splitter = new LineSplitter();
        var rest = new ReadOnlySequence<byte>(body);
        while (splitter.TryTake(ref rest, isFinal: true, out var line, out var problem))
        {
            if ((problem ?? _reader.Read(line, default, _batch)) is { } wrong)
            {
                throw new InvalidOperationException(wrong);
            }
        }

        return _batch.Count == Lines * Fields ? _batch.Count : throw new InvalidOperationException($"{_batch.Count} samples");
    }

    private static byte[] Body(int lines, Func<int, string> line) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(number => $"{line(number)} {1772366400000000000 + number}\n")));
}
