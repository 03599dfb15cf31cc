using System.Text.Json;

namespace LiveViz.Server.Sources.Sql;

/// <summary>Keeps a source's mark over a restart, in a file of its own.</summary>
/// <param name="folder">Where such files are kept.</param>
/// <param name="options">The source's settings.</param>
internal sealed class SqlMarkFile(string folder, SqlOptions options)
{
    private readonly string _path = Path.Combine(folder, "sources", $"{Uri.EscapeDataString(options.Name)}.json");

    /// <summary>Reads the mark; null where there is none yet.</summary>
    /// <exception cref="IOException">The file cannot be read, is not as it was written, or is of another column.</exception>
    public SqlMark? Read()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            if (!File.Exists(_path))
            {
                return null;
            }

            var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(_path));
            if (kept is null || !Enum.TryParse<SqlMarkKind>(kept.Kind, out var kind))
            {
                throw new JsonException();
            }

            var mark = new SqlMark(kind, kept.Value);
            _ = mark.Value;
            return kept.Mark == options.Mark
                ? mark
                : throw new IOException($"The file {_path} says how far the column {kept.Mark} was read, and Mark is {options.Mark}; delete the file to begin anew as Start says");
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            throw new IOException($"The file {_path} does not say how far was read; delete it to begin anew as Start says", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Failure(e);
        }
    }

    /// <summary>Writes the mark: either it or the one before is in the file, whenever the power fails.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(SqlMark mark)
    {
        var temporary = $"{_path}.new";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, new Kept(options.Mark, mark.Kind.ToString(), mark.Text));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
    }

    private IOException Failure(Exception e) =>
        new($"How far was read cannot be kept in {_path}: {e.Message}; check LiveViz:DataPath, and what the server may write there", e);

    private sealed record Kept(string Mark, string Kind, string Value);
}
