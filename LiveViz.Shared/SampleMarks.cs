namespace LiveViz;

/// <summary>What a sample carries besides time and value, in one byte.</summary>
[Flags]
public enum SampleMarks : byte
{
    /// <summary>Good quality, and it follows the sample before it without a break.</summary>
    None = 0,

    /// <summary>The bits in which the <see cref="Quality"/> stands.</summary>
    QualityMask = 0b11,

    /// <summary>Nothing came for unusually long before this sample: no line may lead to it.</summary>
    GapBefore = 0b100,
}
