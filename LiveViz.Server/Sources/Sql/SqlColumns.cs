using System.Data.Common;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Where in a row is what, counted from 0.</summary>
/// <param name="Mark">The mark.</param>
/// <param name="Time">The time.</param>
/// <param name="Quality">The quality; -1 where there is none.</param>
/// <param name="Sensor">The sensor's name; -1 where there is a column per sensor.</param>
/// <param name="Values">The values: one with the name of its column, or one for each sensor.</param>
internal sealed record SqlColumns(int Mark, int Time, int Quality, int Sensor, IReadOnlyList<(int Column, string Name)> Values)
{
    /// <summary>Finds them by their names.</summary>
    /// <exception cref="InvalidDataException">One that is needed is not there; says which.</exception>
    public static SqlColumns Of(DbDataReader rows, SqlOptions options)
    {
        var names = Enumerable.Range(0, rows.FieldCount).Select(rows.GetName).ToList();
        var mark = Needed(options.Mark, nameof(options.Mark));
        var time = Needed(options.TimeColumn, nameof(options.TimeColumn));
        var quality = Find(options.QualityColumn);
        var sensor = Find(options.SensorColumn);
        var value = Find(options.ValueColumn);
        if (sensor >= 0 && value >= 0)
        {
            return new SqlColumns(mark, time, quality, sensor, [(value, names[value])]);
        }

        var values = Enumerable.Range(0, names.Count).Where(i => i != mark && i != time && i != quality).Select(i => (i, names[i])).ToList();
        return values.Count > 0
            ? new SqlColumns(mark, time, quality, -1, values)
            : throw new InvalidDataException($"the query gives no values: it needs the columns {options.SensorColumn} and {options.ValueColumn}, or one per sensor");

        int Find(string name) => names.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));

        int Needed(string name, string option) => Find(name) is var i and >= 0
            ? i
            : throw new InvalidDataException($"the query gives no column {name}, only {string.Join(", ", names)}; select it, or correct {option}");
    }
}
