namespace LiveViz;

/// <summary>What a reader is given at once: news of some sensors, as columns.</summary>
/// <param name="Epoch">Which life of the server the sequences belong to.</param>
/// <param name="Time">The server's clock when the frame was made, UTC.</param>
/// <param name="IsRefill">
/// True where the frame replaces all that came before it: the first one, one after samples arrived out of order,
/// one after the server was restarted. What was drawn is to be drawn anew from this.
/// </param>
/// <param name="Bucket">
/// How long the time buckets are to which it is reduced; zero for every sample. Longer than asked for
/// (<see cref="FrameRequest.Bucket"/>) while the reader cannot keep up with that.
/// </param>
/// <param name="Columns">One for each sensor there is news of; none in a frame that only says the time.</param>
public sealed record Frame(long Epoch, DateTime Time, bool IsRefill, TimeSpan Bucket, IReadOnlyList<FrameColumn> Columns);
