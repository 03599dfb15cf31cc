namespace LiveViz.Server.History.Transfer;

/// <summary>Reads samples of a sensor from one time on and before another, in the order of time: about so many at most, and whether these are all.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="from">In ticks.</param>
/// <param name="until">In ticks.</param>
/// <param name="most">How many are enough: of more, the first.</param>
/// <param name="cancellationToken">Ends the waiting.</param>
/// <exception cref="HistoryException">They cannot be read now.</exception>
internal delegate Task<(Samples Samples, bool IsAll)> ReadSamples(string sensorId, long from, long until, int most, CancellationToken cancellationToken);
