namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>What a Sparkplug message says, as its topic has it.</summary>
internal enum SparkplugMessage
{
    /// <summary>A node has come, with all its metrics.</summary>
    NodeBirth,

    /// <summary>Metrics of a node have changed.</summary>
    NodeData,

    /// <summary>A node has gone.</summary>
    NodeDeath,

    /// <summary>A device has come, with all its metrics.</summary>
    DeviceBirth,

    /// <summary>Metrics of a device have changed.</summary>
    DeviceData,

    /// <summary>A device has gone.</summary>
    DeviceDeath,
}
