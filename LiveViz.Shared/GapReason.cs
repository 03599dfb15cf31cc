namespace LiveViz;

/// <summary>Why samples are not given.</summary>
public enum GapReason
{
    /// <summary>Newer samples had taken their place in the server's memory before this reader came to them.</summary>
    Overwritten,

    /// <summary>They are older than the window that the reader asked for.</summary>
    OutsideWindow,
}
