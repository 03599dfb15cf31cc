namespace LiveViz.Charts;

/// <summary>
/// The states of sensors over time, a bar each: normal, high, low, uncertain, bad, no data, each with a letter or a
/// pattern besides its colour; with the time of each transition.
/// </summary>
public sealed partial class StatusTimeline
{
    // As fine as a wide screen shows it. A shorter state is drawn no narrower than can be seen.
    private const int Pixels = 800;

    private readonly Dictionary<string, StateHistory> _histories = new(StringComparer.Ordinal);

    /// <summary>Shows a timeline that is drawn once a second at most.</summary>
    public StatusTimeline() => FramesPerSecond = 1;

    private protected override int PixelsAsked => Pixels;

    private protected override string Name => "States" + Names;

    private protected override void Begin(IReadOnlyList<Sensor> sensors)
    {
        _histories.Clear();
        foreach (var sensor in sensors)
        {
            _histories[sensor.Id] = new StateHistory(sensor);
        }

        DrawEmpty(sensors);
    }

    private protected override bool Take(Frame frame)
    {
        if (frame.IsRefill)
        {
            foreach (var history in _histories.Values)
            {
                history.Clear();
            }
        }

        foreach (var column in frame.Columns)
        {
            if (_histories.TryGetValue(column.SensorId, out var history))
            {
                history.Add(column);
            }
        }

        // By whole pixels: in between nothing would be seen to move.
        var pixel = Math.Max(1, Window.Ticks / Pixels);
        var to = (Now.Ticks + pixel - 1) / pixel * pixel;
        var from = Math.Max(0, to - Window.Ticks);
        var time = new TimeScale(new DateTime(from), new DateTime(to));
        var before = Drawn;
        Drawn = [.. _histories.Values.Select(history =>
        {
            history.DropBefore(from);
            return StatePicture.Row(history, time, Clock);
        })];
        DrawTimes(time);
        return !Drawn.SelectMany(row => row.Marks).SequenceEqual(before.SelectMany(row => row.Marks));
    }
}
