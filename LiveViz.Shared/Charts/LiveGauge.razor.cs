using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LiveViz.Charts;

/// <summary>
/// One sensor's value on a scale: what its instrument can measure, else what lies around its normal range; with the
/// normal range marked, its state in a word and a shape, and how old the value is.
/// </summary>
public sealed partial class LiveGauge
{
    private const double Radius = 82;
    private const int MostTicks = 6;

    private SensorNow? _now;
    private ValueRange? _seen;
    private ValueScale _scale = new(0, 1);
    private IReadOnlyList<double> _ticks = [];
    private string _age = "";

    /// <summary>Shows a gauge that moves with every change, four times a second at most.</summary>
    public LiveGauge() => FramesPerSecond = 4;

    /// <summary>Id of the sensor.</summary>
    [Parameter, EditorRequired]
    public string Sensor { get; set; } = "";

    /// <summary>Whether the scale is an arc or a line.</summary>
    [Parameter]
    public GaugeShape Shape { get; set; }

    /// <summary>The width, as CSS says it; never wider than where it stands.</summary>
    [Parameter]
    public string Width { get; set; } = "240px";

    private protected override IReadOnlyList<string> Wanted => [Sensor];

    // No past is drawn. With a window the samples between are reduced away, and only the newest comes with each frame.
    private protected override TimeSpan Past => TimeSpan.FromMinutes(1);

    private protected override int PixelsAsked => 1;

    private protected override string Name => $"Gauge of {Title}";

    private protected override string FrameStyle => $"width:{Width}";

    private string Title => _now?.Sensor.Name ?? Sensor;

    private SampleState State => _now?.State ?? SampleState.NoData;

    private string Word => _now?.Word ?? "No data yet";

    private string Number => _now is null ? ValueWords.None : ValueWords.Value(_now.Sensor, _now.Value);

    // Long numbers stay within the ring.
    private int NumberSize => Math.Clamp(200 / Math.Max(1, Number.Length), 18, 38);

    private bool HasPointer => _now is not null && !double.IsNaN(_now.Value);

    private bool IsOff => HasPointer && _scale.IsOff(_now!.Value);

    private string NumberCss => State == SampleState.NoData ? "liveviz-number liveviz-old" : "liveviz-number";

    private string PointerCss => $"liveviz-pointer {SampleStates.Css(State)}";

    private string Spoken => $"{(HasPointer ? ValueWords.ValueAndUnit(_now!.Sensor, _now.Value) : "no value")}, {Word}";

    private string? Normal => _now?.Sensor.Normal is { } normal ? $"Normal is {ValueWords.Range(_now.Sensor, normal.Low, normal.High)}" : null;

    private (double Low, double High)? NormalPlaces =>
        _now?.Sensor.Normal is { } normal ? (_scale.Place(normal.Low), _scale.Place(normal.High)) : null;

    private protected override void Begin(IReadOnlyList<Sensor> sensors)
    {
        _now = new SensorNow(sensors[0]);
        _seen = null;
        _age = "";
        Fit();
    }

    private protected override bool Take(Frame frame)
    {
        var before = (Number, State, _age, _scale);
        _now!.Take(frame);
        _age = _now.Age(Clock);
        if (HasPointer)
        {
            var value = _now.Value;
            _seen = new ValueRange(Math.Min(value, _seen?.Low ?? value), Math.Max(value, _seen?.High ?? value));
            Fit();
        }

        // Every sample has a new time; what counts is what can be read.
        return before != (Number, State, _age, _scale);
    }

    private void Fit()
    {
        var scale = ValueScale.For(_now!.Sensor, _seen);
        if (scale != _scale || _ticks.Count == 0)
        {
            _scale = scale;
            _ticks = scale.Ticks(MostTicks);
        }
    }

    private static string Invariant(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
