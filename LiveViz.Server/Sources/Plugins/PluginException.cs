namespace LiveViz.Server.Sources.Plugins;

/// <summary>A plug-in cannot be used.</summary>
/// <param name="message">Why, to follow the name of its file.</param>
/// <param name="inner">What it came from.</param>
internal sealed class PluginException(string message, Exception? inner = null) : Exception(message, inner);
