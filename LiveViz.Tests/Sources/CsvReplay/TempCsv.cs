using System.Text;

namespace LiveViz.Tests.Sources.CsvReplay;

/// <summary>A file for one test, gone with it.</summary>
internal sealed class TempCsv : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("liveviz-").FullName;

    public TempCsv(string text, Encoding? encoding = null, string name = "recording.csv")
    {
        Path = System.IO.Path.Combine(_folder, name);
        File.WriteAllText(Path, text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
