using Microsoft.AspNetCore.Components;

namespace LiveViz.Charts;

/// <summary>
/// One sensor as a number to be read from afar: its value, its state and its age, where it is heading, and the line
/// of the window behind it with the normal range, and the lowest and the highest value.
/// </summary>
public sealed partial class LiveStat
{
    private const int SparkHeight = 44;
    private const int SparkWidth = 240;

    private SensorNow? _now;
    private SensorWindow? _window;
    private ValueRange? _seen;
    private Trend _trend;
    private string _path = "";
    private string _age = "";
    private (double Top, double Height)? _band;

    /// <summary>Shows a number that can be read while it changes: drawn twice a second at most.</summary>
    public LiveStat() => FramesPerSecond = 2;

    /// <summary>Id of the sensor.</summary>
    [Parameter, EditorRequired]
    public string Sensor { get; set; } = "";

    /// <summary>How much time the line, the trend and the extremes speak of, up to now. Five minutes by default.</summary>
    [Parameter]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(5);

    private protected override IReadOnlyList<string> Wanted => [Sensor];

    private protected override TimeSpan Past => Window;

    private protected override int PixelsAsked => SparkWidth;

    private protected override string Name => $"Value of {Title}";

    private string Title => _now?.Sensor.Name ?? Sensor;

    private SampleState State => _now?.State ?? SampleState.NoData;

    private string Word => _now?.Word ?? "No data yet";

    private string Number => _now is null ? ValueWords.None : ValueWords.Value(_now.Sensor, _now.Value);

    private string NumberCss => State == SampleState.NoData ? "liveviz-number liveviz-old" : "liveviz-number";

    // Where it was heading says nothing of a sensor that has fallen silent or is not to be believed.
    private string? TrendWord => State is SampleState.NoData or SampleState.Bad || _trend == Trend.Unknown ? null : _trend.ToString().ToLowerInvariant();

    private string TrendArrow => _trend switch { Trend.Rising => "↗", Trend.Falling => "↘", _ => "→" };

    private string Spoken => _seen is null
        ? $"No values in the last {ValueWords.Duration(Window)}"
        : $"Between {Extreme(_seen.Low)} and {ValueWords.ValueAndUnit(_now!.Sensor, _seen.High)} in the last {ValueWords.Duration(Window)}";

    private protected override void Begin(IReadOnlyList<Sensor> sensors)
    {
        _now = new SensorNow(sensors[0]);
        _window = new SensorWindow(sensors[0].Id, Window, mostPoints: 2 * SparkWidth);
        (_seen, _trend, _path, _age, _band) = (null, Trend.Unknown, "", "", null);
    }

    private protected override bool Take(Frame frame)
    {
        var before = (Number, State, _age, _path, _seen);
        _now!.Take(frame);
        _age = _now.Age(Clock);
        _window!.Take(frame, Now.Ticks);
        Draw();
        return before != (Number, State, _age, _path, _seen);
    }

    private void Draw()
    {
        // The line moves by whole pixels: in between it need not be sent again.
        var pixel = Math.Max(1, Window.Ticks / SparkWidth);
        var to = (Now.Ticks + pixel - 1) / pixel * pixel;
        var time = new TimeScale(new DateTime(Math.Max(0, to - Window.Ticks)), new DateTime(to));
        _seen = _window!.Extremes(time.From.Ticks);
        _trend = TrendLine.Of(_window.Points, _now!.Sensor, Window);
        var scale = Sparkline.Scale(_now.Sensor, _seen);
        _path = Sparkline.Path(_window.Points, time, scale, SparkWidth, SparkHeight);
        _band = _now.Sensor.Normal is { } normal
            ? (Sparkline.Y(scale, normal.High, SparkHeight), SparkHeight * (scale.Place(normal.High) - scale.Place(normal.Low)))
            : null;
    }

    private string Extreme(double? value) => _now is null ? ValueWords.None : ValueWords.Value(_now.Sensor, value);
}
