using System.Globalization;
using LiveViz.Server.Sources.Payloads;
using NATS.Client.JetStream.Models;

namespace LiveViz.Server.Sources.Nats;

/// <summary>Where a new consumer of a stream begins.</summary>
/// <param name="Policy">What kind of place it is.</param>
/// <param name="Sequence">The number of the message, where it is one.</param>
/// <param name="Time">The time, UTC, where it is one.</param>
internal readonly record struct NatsStart(ConsumerConfigDeliverPolicy Policy, ulong Sequence = 0, DateTimeOffset? Time = null)
{
    /// <summary>Reads what the options say; nothing is the beginning.</summary>
    /// <exception cref="FormatException">It is nothing that is allowed.</exception>
    public static NatsStart Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Equals("Beginning", StringComparison.OrdinalIgnoreCase))
        {
            return new(ConsumerConfigDeliverPolicy.All);
        }

        if (text.Equals("Now", StringComparison.OrdinalIgnoreCase))
        {
            return new(ConsumerConfigDeliverPolicy.New);
        }

        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0)
        {
            return new(ConsumerConfigDeliverPolicy.ByStartSequence, sequence);
        }

        return IsoTime.TryParse(text, out var time)
            ? new(ConsumerConfigDeliverPolicy.ByStartTime, Time: new DateTimeOffset(time))
            : throw new FormatException(
                "must be Beginning, Now, the number of a message in the stream from 1 on, or a time such as 2026-01-02T03:04:05Z");
    }
}
