namespace LiveViz.Charts;

/// <summary>What the browser did with points that it was to paint.</summary>
internal enum PushOutcome
{
    /// <summary>They are, or will be with the next frame of its screen.</summary>
    Painted,

    /// <summary>They are, but plotly has to draw: an axis no longer fits, or its last drawing was long ago.</summary>
    MustDraw,

    /// <summary>It does not know its way about in plotly's picture: plotly has to draw.</summary>
    CannotPaint,

    /// <summary>Nobody looks: the page is in the background.</summary>
    Hidden,
}
