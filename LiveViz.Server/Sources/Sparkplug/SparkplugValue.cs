using LiveViz.Server.Sources.Sparkplug.Wire;

namespace LiveViz.Server.Sources.Sparkplug;

/// <summary>Reads values as their data types have them.</summary>
internal static class SparkplugValue
{
    /// <summary>The value of a metric as a number; null where it says that it has none, and where it is not finite.</summary>
    /// <returns>False where what it carries is none of its type.</returns>
    public static bool TryRead(Metric metric, SparkplugType type, out double? value)
    {
        value = null;
        if (metric is { HasIsNull: true, IsNull: true })
        {
            return true;
        }

        switch (metric.ValueCase)
        {
            case Metric.ValueOneofCase.FloatValue when type is SparkplugType.Float or SparkplugType.Double:
                value = Finite(metric.FloatValue);
                return true;
            case Metric.ValueOneofCase.DoubleValue when type is SparkplugType.Float or SparkplugType.Double:
                value = Finite(metric.DoubleValue);
                return true;
            case Metric.ValueOneofCase.BooleanValue when type is SparkplugType.Boolean:
                value = metric.BooleanValue ? 1 : 0;
                return true;
            // Which of the two a library writes for which width differs from one to the next.
            case Metric.ValueOneofCase.IntValue:
                return TryReadInteger(metric.IntValue, (int)metric.IntValue, type, out value);
            case Metric.ValueOneofCase.LongValue:
                return TryReadInteger(metric.LongValue, (long)metric.LongValue, type, out value);
            default:
                return false;
        }
    }

    /// <summary>The quality that a metric's properties give it; Good where they give none.</summary>
    public static Quality QualityOf(PropertySet? properties) => Find(properties, "Quality") switch
    {
        { ValueCase: PropertyValue.ValueOneofCase.IntValue } found => QualityOf(found.IntValue),
        { ValueCase: PropertyValue.ValueOneofCase.LongValue } found => QualityOf(found.LongValue),
        _ => Quality.Good,
    };

    /// <summary>The unit that a metric's properties give it; empty where they give none.</summary>
    public static string UnitOf(PropertySet? properties) =>
        Find(properties, "engUnit") is { ValueCase: PropertyValue.ValueOneofCase.StringValue } found ? found.StringValue : "";

    // As in OPC: 192 and up is good, 64 and up is uncertain. Sparkplug adds 500 for a value that is stale.
    private static Quality QualityOf(ulong code) => code switch
    {
        >= 192 and <= 255 => Quality.Good,
        (>= 64 and < 192) or 500 => Quality.Uncertain,
        _ => Quality.Bad,
    };

    private static PropertyValue? Find(PropertySet? properties, string key)
    {
        for (var i = 0; i < properties?.Keys.Count && i < properties.Values.Count; i++)
        {
            if (properties.Keys[i].Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return properties.Values[i];
            }
        }

        return null;
    }

    private static bool TryReadInteger(ulong raw, long signed, SparkplugType type, out double? value)
    {
        value = null;
        switch (type)
        {
            case SparkplugType.UInt64:
                value = raw;
                return true;
            case SparkplugType.Int64:
                value = signed;
                return true;
            case SparkplugType.UInt8 or SparkplugType.UInt16 or SparkplugType.UInt32:
                value = raw;
                return raw < 1UL << WidthOf(type);
            case SparkplugType.Int8 or SparkplugType.Int16 or SparkplugType.Int32:
                // A negative one is written with as many bits as it has, or with all of the field's.
                var width = WidthOf(type);
                var half = 1L << (width - 1);
                value = raw < 1UL << width && raw >= (ulong)half ? (long)raw - (2 * half) : signed;
                return value >= -half && value < half;
            default:
                return false;
        }
    }

    private static int WidthOf(SparkplugType type) => type switch
    {
        SparkplugType.Int8 or SparkplugType.UInt8 => 8,
        SparkplugType.Int16 or SparkplugType.UInt16 => 16,
        _ => 32,
    };

    private static double? Finite(double number) => double.IsFinite(number) ? number : null;
}
