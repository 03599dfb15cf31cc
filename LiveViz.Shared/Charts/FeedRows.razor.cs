using Microsoft.AspNetCore.Components;

namespace LiveViz.Charts;

/// <summary>What shows sensors under each other, each as a row over the same window of time.</summary>
public abstract partial class FeedRows
{
    // As many as can be told apart on a screen.
    private const int MostRows = 50;
    private const int MostTimes = 5;

    /// <summary>Ids of the sensors, a row each from the top; none for every sensor of the server, at most 50.</summary>
    [Parameter]
    public IReadOnlyList<string> Sensors { get; set; } = [];

    /// <summary>How much time the rows show, up to now. Five minutes by default.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The rows as they are drawn.</summary>
    private protected IReadOnlyList<FeedRow> Drawn { get; set; } = [];

    /// <summary>What the keyboard points at.</summary>
    private protected RowCursor Cursor { get; } = new();

    private protected override IReadOnlyList<string> Wanted => Sensors;

    private protected override TimeSpan Past => Window;

    private protected override int MostSensors => MostRows;

    /// <summary>The times under the rows.</summary>
    private protected IReadOnlyList<TimeTick> Times { get; private set; } = [];

    private string Told => Drawn.Select(row => Cursor.In(row)?.Told).FirstOrDefault(told => told is not null) ?? "";

    /// <summary>The names of the sensors, as far as they can be listened to.</summary>
    private protected string Names => Drawn.Count switch
    {
        0 => "",
        > 8 => $" of {Drawn.Count} sensors",
        _ => $" of {string.Join(", ", Drawn.Select(row => row.Sensor.Name))}",
    };

    /// <summary>Draws the rows at once, before there is anything on them: what comes later moves nothing on the page.</summary>
    private protected void DrawEmpty(IEnumerable<Sensor> sensors) =>
        Drawn = [.. sensors.Select(sensor => new FeedRow(sensor, [], SampleState.NoData, "No data yet", sensor.Name, []))];

    /// <summary>Draws the times under the rows; none so near to an end that it would be cut off there.</summary>
    private protected void DrawTimes(TimeScale time) => Times = [.. time.Ticks(Clock, MostTimes).Where(tick => tick.Percent is > 4 and < 96)];
}
