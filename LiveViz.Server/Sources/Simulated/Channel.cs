namespace LiveViz.Server.Sources.Simulated;

/// <summary>What one instrument of the factory measures, and how well.</summary>
/// <param name="Id">The sensor's id within one factory, such as "boiler-1-steam-pressure".</param>
/// <param name="Name">What people call it.</param>
/// <param name="Unit">The unit of everything below.</param>
/// <param name="Range">What the instrument can show; it saturates there.</param>
/// <param name="Normal">Where the model keeps it; a fault may take it out, <paramref name="Range"/> leaves room for that.</param>
/// <param name="Digits">Decimals worth showing.</param>
/// <param name="Noise">Standard deviation of the measurement noise.</param>
/// <param name="Measure">Reads the true value off the model.</param>
internal sealed record Channel(
    string Id,
    string Name,
    string Unit,
    ValueRange Range,
    ValueRange Normal,
    int Digits,
    double Noise,
    Func<FactoryModel, double> Measure)
{
    /// <summary>The area of the plant.</summary>
    public string Area { get; init; } = "";
}
