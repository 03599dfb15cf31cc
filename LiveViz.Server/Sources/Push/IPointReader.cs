namespace LiveViz.Server.Sources.Push;

/// <summary>Makes samples of a text in one format. Not to be used by two threads at once.</summary>
internal interface IPointReader
{
    /// <summary>Reads a line of text, or an item of a list.</summary>
    /// <param name="text">UTF-8, without its line end.</param>
    /// <param name="now">The time of samples that state none, UTC.</param>
    /// <param name="into">Where they are added.</param>
    /// <returns>Null, or why it cannot be read; nothing is added then.</returns>
    string? Read(ReadOnlySpan<byte> text, DateTime now, PointBatch into);
}
