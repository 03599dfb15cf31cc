namespace LiveViz.Charts;

/// <summary>Which state a sample is, and how a state is shown: always a word or letter and a shape, never colour alone.</summary>
internal static class SampleStates
{
    /// <summary>All of them, the calm ones first.</summary>
    public static IReadOnlyList<SampleState> All { get; } =
        [SampleState.Normal, SampleState.High, SampleState.Low, SampleState.Uncertain, SampleState.Bad, SampleState.NoData];

    /// <summary>The state of a sample. A value outside of normal matters more than that it is uncertain.</summary>
    /// <param name="sensor">Whose normal range counts.</param>
    /// <param name="value">In the sensor's unit; NaN where there is none.</param>
    /// <param name="quality">How far it can be trusted.</param>
    public static SampleState Of(Sensor sensor, double value, Quality quality)
    {
        if (quality == Quality.Bad || double.IsNaN(value))
        {
            return SampleState.Bad;
        }

        return value > sensor.Normal?.High ? SampleState.High
            : value < sensor.Normal?.Low ? SampleState.Low
            : quality == Quality.Uncertain ? SampleState.Uncertain
            : SampleState.Normal;
    }

    /// <summary>The word for it. Where nobody has said what is normal, nobody can say that it is.</summary>
    public static string Word(SampleState state, bool hasNormal = true) => state switch
    {
        SampleState.Normal => hasNormal ? "Normal" : "Good",
        SampleState.NoData => "No data",
        _ => state.ToString(),
    };

    /// <summary>One letter for it, where there is no room for the word; none for normal, which is not to draw the eye.</summary>
    public static string Letter(SampleState state) => state switch
    {
        SampleState.High => "H",
        SampleState.Low => "L",
        SampleState.Uncertain => "?",
        SampleState.Bad => "×",
        _ => "",
    };

    /// <summary>Its name among the classes of the stylesheet.</summary>
    public static string Css(SampleState state) => $"liveviz-{state.ToString().ToLowerInvariant()}";

    /// <summary>Its shape, drawn in a square of 12 by 12, as the data of an SVG path.</summary>
    public static string Shape(SampleState state) => state switch
    {
        SampleState.Normal => "M1.5 6.5 4.5 9.5 10.5 2.5",
        SampleState.High => "M6 1.5 11 10.5H1Z",
        SampleState.Low => "M6 10.5 11 1.5H1Z",
        SampleState.Uncertain => "M3.5 4a2.5 2.5 0 1 1 3.6 2.2C6.3 6.7 6 7 6 8M6 10.4v.3",
        SampleState.Bad => "M2 2 10 10M10 2 2 10",
        _ => "M6 1.5a4.5 4.5 0 1 0 .01 0M6 3.5V6.2L8 7.5",
    };
}
