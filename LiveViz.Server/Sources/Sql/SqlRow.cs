using System.Data.Common;
using System.Globalization;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Makes samples of a row.</summary>
/// <param name="columns">Where in it is what.</param>
/// <param name="options">The source's settings.</param>
internal sealed class SqlRow(SqlColumns columns, SqlOptions options)
{
    /// <summary>Reads the row that the reader stands on.</summary>
    /// <param name="row">The reader.</param>
    /// <param name="points">Takes the samples.</param>
    /// <param name="problem">Why the first cell that could not be read could not; empty where all could.</param>
    /// <returns>How many cells could not be read.</returns>
    public int Read(DbDataReader row, List<DataPoint> points, out string problem)
    {
        problem = "";
        if (!TryReadTime(row, out var time))
        {
            problem = $"has no time in {options.TimeColumn}: {ShownText.Quoted(Text(row, columns.Time))} is neither a time nor a number since 1970";
            return 1;
        }

        var quality = Quality.Good;
        if (columns.Quality >= 0 && !SampleQuality.TryParse(Text(row, columns.Quality), out quality))
        {
            problem = $"has the quality {ShownText.Quoted(Text(row, columns.Quality))}, which is {SampleQuality.Allowed}";
            return 1;
        }

        var rejected = 0;
        foreach (var (column, name) in columns.Values)
        {
            var sensor = columns.Sensor >= 0 ? Text(row, columns.Sensor) : name;
            if (sensor.Length == 0)
            {
                problem = $"names no sensor in {options.SensorColumn}";
                rejected++;
            }
            else if (TryReadValue(row, column, out var value))
            {
                points.Add(new DataPoint(options.Prefix + sensor, time, value, value is null ? Quality.Bad : quality));
            }
            else if (rejected++ == 0)
            {
                problem = row.GetFieldType(column) == typeof(decimal)
                    ? $"has a {row.GetDataTypeName(column)} in {name} that is not finite or has more than 28 digits; select {name}::float8"
                    : $"has {ShownText.Quoted(Text(row, column))} in {name}, which is not a number";
            }
        }

        return rejected;
    }

    private static string Text(DbDataReader row, int column)
    {
        try
        {
            return Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture) ?? "";
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or ArgumentException)
        {
            // What the driver has no type for, such as a time before the year 1.
            return row.GetDataTypeName(column);
        }
    }

    private static bool TryReadValue(DbDataReader row, int column, out double? value)
    {
        value = null;
        if (row.IsDBNull(column))
        {
            return true;
        }

        try
        {
            switch (row.GetValue(column))
            {
                case bool state:
                    value = state ? 1 : 0;
                    return true;
                case string text:
                    return SampleValue.TryParse(text, out value);
                case decimal exact:
                    // A parser finds the nearest double; a conversion is off by one now and then.
                    value = double.Parse(exact.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                    return true;
                case double or float or long or int or short or byte or sbyte or uint or ulong or ushort:
                    value = SampleValue.Finite(Convert.ToDouble(row.GetValue(column), CultureInfo.InvariantCulture));
                    return true;
                default:
                    return false;
            }
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or ArgumentException)
        {
            return false;
        }
    }

    private bool TryReadTime(DbDataReader row, out DateTime time)
    {
        time = default;
        try
        {
            switch (row.GetValue(columns.Time))
            {
                case DateTime at:
                    time = at.Kind == DateTimeKind.Local ? at.ToUniversalTime() : DateTime.SpecifyKind(at, DateTimeKind.Utc);
                    return true;
                case DateOnly day:
                    time = day.ToDateTime(default, DateTimeKind.Utc);
                    return true;
                case string text:
                    return SampleTime.TryParse(text, out time, options.TimeUnit);
                case double number:
                    // By its text: a conversion to decimal keeps 15 digits, and microseconds of today have 16.
                    return SampleTime.TryParse(number.ToString("R", CultureInfo.InvariantCulture), out time, options.TimeUnit);
                case long or int or short or decimal:
                    return SampleTime.TryFromEpoch(Convert.ToDecimal(row.GetValue(columns.Time), CultureInfo.InvariantCulture), options.TimeUnit, out time);
                default:
                    return false;
            }
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException or ArgumentException)
        {
            return false;
        }
    }
}
