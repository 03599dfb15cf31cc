namespace LiveViz.Server.History.Transfer;

/// <summary>A form in which samples leave the house.</summary>
internal interface ISampleExport : IAsyncDisposable
{
    /// <summary>Writes samples of a sensor, in the order of time.</summary>
    Task WriteAsync(string sensorId, Samples samples, CancellationToken cancellationToken);

    /// <summary>Writes what ends it; without, it is not whole.</summary>
    Task FinishAsync(CancellationToken cancellationToken);
}
