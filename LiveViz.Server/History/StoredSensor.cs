namespace LiveViz.Server.History;

/// <summary>A sensor as the store knows it.</summary>
/// <param name="Number">Its number in the store.</param>
/// <param name="Sensor">What was last known of it.</param>
internal sealed record StoredSensor(int Number, Sensor Sensor);
