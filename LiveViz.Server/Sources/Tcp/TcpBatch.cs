namespace LiveViz.Server.Sources.Tcp;

/// <summary>Samples that came over a connection.</summary>
/// <param name="Connection">Which.</param>
/// <param name="Points">They; none where all lines were comments or refused.</param>
/// <param name="Lines">How many lines had come over it with the last of them.</param>
internal sealed record TcpBatch(TcpConnection Connection, DataPoint[] Points, long Lines);
