namespace LiveViz.Charts;

/// <summary>One sensor over time, as it is drawn.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Marks">Its pieces, in order.</param>
/// <param name="State">How it stands at the end.</param>
/// <param name="Now">What is said of that.</param>
/// <param name="Summary">What is said of the whole row to who does not see it.</param>
/// <param name="Said">Its events one by one, for who does not see it; none where there are too many to be told.</param>
internal sealed record FeedRow(
    Sensor Sensor, IReadOnlyList<RowMark> Marks, SampleState State, string Now, string Summary, IReadOnlyList<string> Said);
