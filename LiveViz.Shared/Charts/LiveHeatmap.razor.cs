using Microsoft.AspNetCore.Components;

namespace LiveViz.Charts;

/// <summary>
/// Sensors by time: a cell's colour says where in its own range the sensor was. A cell shows the one value of its
/// time that lies farthest from the middle of the normal range, not the mean: no peak is averaged away.
/// </summary>
public sealed partial class LiveHeatmap
{
    private readonly Dictionary<string, HeatRow> _rows = new(StringComparer.Ordinal);
    private long _cell = 1;
    private int _count = 1;

    /// <summary>Shows a heatmap that is drawn once a second at most.</summary>
    public LiveHeatmap() => FramesPerSecond = 1;

    /// <summary>How many cells a row has at most, 1 to 240. They are 1, 2 or 5 times a power of ten milliseconds long.</summary>
    [Parameter]
    public int Columns { get; set; } = 60;

    // A bucket of the server has four pixels: its buckets are then the cells.
    private protected override int PixelsAsked => BucketWidth.PointsPerBucket * Math.Clamp(Columns, 1, 240);

    private protected override string Name => "Heatmap" + Names;

    private protected override void Begin(IReadOnlyList<Sensor> sensors)
    {
        _cell = Math.Max(1, BucketWidth.For(Window.Ticks, PixelsAsked));
        _count = (int)Math.Max(1, (Window.Ticks + _cell - 1) / _cell);
        _rows.Clear();
        foreach (var sensor in sensors)
        {
            _rows[sensor.Id] = new HeatRow(sensor, _cell);
        }

        DrawEmpty(sensors);
    }

    private protected override bool Take(Frame frame)
    {
        if (frame.IsRefill)
        {
            foreach (var row in _rows.Values)
            {
                row.Clear();
            }
        }

        foreach (var column in frame.Columns)
        {
            if (_rows.TryGetValue(column.SensorId, out var row))
            {
                row.Add(column, frame.Bucket.Ticks);
            }
        }

        var before = Drawn;
        Draw((Now.Ticks / _cell + 1) * _cell);
        return !Drawn.SelectMany(row => row.Marks).SequenceEqual(before.SelectMany(row => row.Marks));
    }

    private void Draw(long to)
    {
        var from = Math.Max(0, to - _count * _cell);
        Drawn = [.. _rows.Values.Select(row =>
        {
            row.DropBefore(from);
            return HeatPicture.Row(row, from, to, _cell, Clock);
        })];
        DrawTimes(new TimeScale(new DateTime(from), new DateTime(Math.Max(to, from + 1))));
    }
}
