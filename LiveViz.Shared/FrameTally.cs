using System.Globalization;

namespace LiveViz;

/// <summary>
/// Keeps account of what a reader of frames was given, by sequence: of all samples appended since its first
/// frame, each was received, or reduced into those received, or stated as left out. A refill begins the account anew.
/// </summary>
public sealed class FrameTally
{
    private readonly Dictionary<long, (long First, long Next)> _sensors = [];
    private long _epoch;

    /// <summary>Samples given as they are.</summary>
    public long Received { get; private set; }

    /// <summary>Samples that others stand for: of each time bucket first, lowest, highest and last were received.</summary>
    public long Reduced { get; private set; }

    /// <summary>Samples stated as not given: overwritten, outside the window, or late.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Samples the sensors had in that time, told from their sequences: the sum of the three.</summary>
    public long Appended => _sensors.Values.Sum(sensor => sensor.Next - sensor.First);

    /// <summary>Where a later reading goes on; null before the first frame.</summary>
    public FramePosition? Position => _epoch == 0 ? null : new FramePosition
    {
        Epoch = _epoch,
        Sensors = [.. _sensors.Keys],
        Next = [.. _sensors.Values.Select(sensor => sensor.Next)],
    };

    /// <summary>Takes a frame into account.</summary>
    /// <exception cref="InvalidOperationException">
    /// A column does not begin where the one before it ended: samples are given twice, or missing without a word.
    /// </exception>
    public void Add(Frame frame)
    {
        if (frame.IsRefill)
        {
            _sensors.Clear();
            Received = Reduced = LeftOut = 0;
        }

        _epoch = frame.Epoch;
        foreach (var column in frame.Columns)
        {
            Add(column);
        }
    }

    private void Add(FrameColumn column)
    {
        var begin = column.Gap?.From ?? column.First;
        if (!_sensors.TryGetValue(column.Number, out var sensor))
        {
            sensor = (begin, begin);
        }

        if (sensor.Next != begin)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"The samples of \"{column.SensorId}\" go on at {begin} and not at {sensor.Next}."));
        }

        // What a feed has put before the first it speaks for is history, and no part of the stream.
        var given = column.Sequences.Count(sequence => sequence >= column.First);
        Received += given;
        Reduced += column.Covered - column.Late - given;
        LeftOut += column.Late + column.First - begin;
        _sensors[column.Number] = (sensor.First, column.First + column.Covered);
    }
}
