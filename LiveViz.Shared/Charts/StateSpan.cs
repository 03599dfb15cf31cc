namespace LiveViz.Charts;

/// <summary>How long a sensor was in one state.</summary>
/// <param name="From">Since when, in ticks UTC.</param>
/// <param name="To">Until when.</param>
/// <param name="State">Which.</param>
internal readonly record struct StateSpan(long From, long To, SampleState State);
