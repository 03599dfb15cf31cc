namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>The data types of Sparkplug B that are numbers; all others are not shown.</summary>
internal enum SparkplugType
{
#pragma warning disable CS1591 // They say what they are.
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float = 9,
    Double = 10,
    Boolean = 11,
#pragma warning restore CS1591
}
