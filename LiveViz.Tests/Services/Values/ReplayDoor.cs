namespace LiveViz.Tests.Services.Values;

/// <summary>A recording that is played, with semicolons.</summary>
internal sealed class ReplayDoor(string name, string folder) : Door(name)
{
    private readonly string _file = Path.Combine(folder, "recording.csv");

    public override bool IsKept => true;

    public override IReadOnlyList<string> Settings => ["Type=CsvReplay", $"Path={_file}", "Speed=0"];

    public override Task SendAsync(Uri server, IReadOnlyList<Sample> samples) => File.WriteAllTextAsync(_file, Csv(samples, ';'));
}
