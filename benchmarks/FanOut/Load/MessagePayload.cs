using System.Text.Json;

namespace LiveViz.FanOut.Load;

/// <summary>Reads WebSocket messages that are a frame each, or a sample each in JSON.</summary>
internal sealed class MessagePayload(Tally tally, bool isFrame) : IPayload
{
    private readonly Carry _carry = new();

    public void Add(ReadOnlySpan<byte> part) => _carry.Add(part);

    public void End(long ticks)
    {
        if (isFrame)
        {
            tally.Frame(_carry.Bytes.ToArray(), ticks);
        }
        else
        {
            using var sample = JsonDocument.Parse(_carry.Bytes);
            var time = sample.RootElement.GetProperty("timestamp").GetDateTimeOffset();
            tally.Point(sample.RootElement.GetProperty("sensorId").GetString()!, time.UtcTicks, sequence: null, ticks);
        }

        _carry.Keep(0);
    }
}
