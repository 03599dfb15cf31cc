namespace LiveViz.Tests.Services.Values;

/// <summary>A sample as it is to be sent.</summary>
internal sealed record Sample(string Sensor, AwkwardNumber Number, AwkwardTime Time)
{
    /// <summary>It as an object of JSON.</summary>
    public string Json => $"{{\"sensorId\":\"{Sensor}\",\"value\":{Number.Json},\"timestamp\":{Time.Json}}}";
}
