using LiveViz.Server.Sources.CsvReplay;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>Plays files in virtual time, as fast as possible where nothing else is said.</summary>
internal sealed class Replay
{
    public Replay(string path, Action<CsvReplayOptions>? configure = null)
    {
        Options = new CsvReplayOptions { Name = "Plant", Type = "CsvReplay", Path = path, Speed = 0 };
        configure?.Invoke(Options);
        Source = new CsvReplaySource(Options, Time, Logger);
    }

    public CsvReplayOptions Options { get; }

    public VirtualTime Time { get; } = new();

    public ListLogger<CsvReplaySource> Logger { get; } = new();

    public CsvReplaySource Source { get; }

    public IReadOnlyCollection<Sensor> Sensors => Source.Sensors;

    /// <summary>Plays a file to its end, or the first points of it.</summary>
    public async Task<List<DataPoint>> Play(int most = int.MaxValue) =>
        await Source.ReadAsync(CancellationToken.None).Take(most).ToListAsync();

    /// <summary>Plays it and notes when each point came, from the start.</summary>
    public async Task<List<(TimeSpan After, DataPoint Point)>> PlayTimed(int most = int.MaxValue)
    {
        var start = Time.GetUtcNow();
        return await Source.ReadAsync(CancellationToken.None).Take(most)
            .Select(point => (Time.GetUtcNow() - start, point)).ToListAsync();
    }

    /// <summary>Plays a text to its end.</summary>
    public static async Task<List<DataPoint>> PlayText(string text, Action<CsvReplayOptions>? configure = null)
    {
        using var file = new TempCsv(text);
        return await new Replay(file.Path, configure).Play();
    }

    /// <summary>A moment of the day most texts here were recorded on.</summary>
    public static DateTime At(int hour, int minute = 0, int second = 0) => new(2020, 2, 8, hour, minute, second, DateTimeKind.Utc);
}
