namespace LiveViz.Server;

/// <summary>
/// The configuration cannot be run with. The message is one line for whoever wrote it: the key, what it says,
/// and what is allowed. It stops the start.
/// </summary>
public sealed class WrongConfigurationException(string key, string problem, Exception? inner = null)
    : Exception($"{key}: {problem}", inner);
