using LiveViz.Server.Sources.Payloads;
using nietras.SeparatedValues;

namespace LiveViz.Server.Sources.CsvReplay;

/// <summary>A column per sensor: each row holds one sample of each.</summary>
/// <param name="columns">The sensors' columns, counted from 0, with the names in the header and the ids.</param>
/// <param name="numbers">Parses the cells.</param>
internal sealed class WideForm(IReadOnlyList<(int Column, string Name, string Id)> columns, CsvNumbers numbers) : CsvForm
{
    /// <inheritdoc />
    public override string? Read(SepReader.Row row, DateTime time, List<DataPoint> points)
    {
        string? problem = null;
        foreach (var (column, name, id) in columns)
        {
            var cell = row[column].Span;
            if (numbers.TryParse(cell, out var value))
            {
                points.Add(new DataPoint(id, time, value, value is null ? Quality.Bad : Quality.Good));
            }
            else
            {
                // One instrument that says something else takes nothing from the others.
                problem ??= $"{ShownText.Quoted(cell)} in column {ShownText.Quoted(name)} is not a number (a column that holds none can be named in Ignore)";
            }
        }

        return problem;
    }
}
