namespace LiveViz;

/// <summary>Reads what stands in <see cref="SampleMarks"/>.</summary>
public static class SampleMarksExtensions
{
    /// <summary>The sample's quality.</summary>
    public static Quality Quality(this SampleMarks marks) => (Quality)(marks & SampleMarks.QualityMask);

    /// <summary>Whether a line must not lead from the sample before to this one.</summary>
    public static bool HasGapBefore(this SampleMarks marks) => (marks & SampleMarks.GapBefore) != 0;
}
