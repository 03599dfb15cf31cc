using LiveViz.Server;
using LiveViz.Server.Sources.Sql;
using LiveViz.Tests.Running;
using Microsoft.Extensions.Options;

namespace LiveViz.Tests.Sources.Sql;

/// <summary>Makes sources that keep how far they have read in a temporary folder.</summary>
internal sealed class SqlSources : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-sql-");

    /// <summary>What they log.</summary>
    public ListLogger<SqlSource> Logger { get; } = new();

    /// <summary>Where there is room for a database.</summary>
    public string Folder => _folder.FullName;

    /// <summary>The file of the source "test".</summary>
    public string MarkFile => Path.Combine(Folder, "sources", "test.json");

    /// <summary>Makes a source.</summary>
    /// <param name="provider">The database.</param>
    /// <param name="connectionString">How to reach it.</param>
    /// <param name="change">What is to be other than for a table readings(id, ts, sensor, value, quality).</param>
    public SqlSource Create(SqlProvider provider, string connectionString, Action<SqlOptions>? change = null)
    {
        var options = new SqlOptions
        {
            Name = "test",
            Type = "Sql",
            Provider = provider,
            ConnectionString = connectionString,
            Query = "SELECT id, ts, sensor, value, quality FROM readings WHERE id > @since ORDER BY id",
            Mark = "id",
            Every = TimeSpan.FromMilliseconds(100),
        };
        change?.Invoke(options);
        Assert.Empty(OptionsCheck.Errors(options));
        return new SqlSource(options, Options.Create(new LiveVizOptions { DataPath = Folder }), TimeProvider.System, Logger);
    }

    /// <summary>Waits until the source "test" has kept a mark.</summary>
    public Task KeptAsync(string mark) => Eventually.TrueAsync(
        async () => File.Exists(MarkFile) && (await File.ReadAllTextAsync(MarkFile)).Contains($"\"{mark}\"", StringComparison.Ordinal), $"the mark {mark} is kept");

    public void Dispose() => _folder.Delete(recursive: true);
}
