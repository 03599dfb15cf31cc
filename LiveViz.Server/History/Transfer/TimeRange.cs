namespace LiveViz.Server.History.Transfer;

/// <summary>A span of time: from its beginning on and before its end, in ticks, UTC.</summary>
internal readonly record struct TimeRange(long From, long Until)
{
    /// <summary>Understands a span as it was asked for.</summary>
    /// <param name="from">Its beginning, as <see cref="TimeText"/> takes it; an hour before its end where it is not given.</param>
    /// <param name="to">Its end; now where it is not given.</param>
    /// <param name="now">In ticks, UTC.</param>
    /// <param name="range">The range.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? TryParse(string? from, string? to, long now, out TimeRange range)
    {
        range = default;
        var until = now;
        if (!string.IsNullOrWhiteSpace(to) && !TimeText.TryParse(to, now, out until))
        {
            return $"to is \"{to}\"; it must be {TimeText.Forms}.";
        }

        var begin = Math.Max(0, until - TimeSpan.TicksPerHour);
        if (!string.IsNullOrWhiteSpace(from) && !TimeText.TryParse(from, now, out begin))
        {
            return $"from is \"{from}\"; it must be {TimeText.Forms}.";
        }

        range = new TimeRange(begin, until);
        return begin <= until ? null : $"from ({Text(begin)}) is after to ({Text(until)}).";
    }

    private static string Text(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O");
}
