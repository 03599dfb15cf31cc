namespace LiveViz.Feeds;

/// <summary>
/// How the values of a column are written: the byte before them. A number up to <see cref="MostDecimals"/> says that
/// they are decimals with as many places, which most sensors send, written as the differences of whole numbers.
/// </summary>
internal static class ValueForm
{
    public const byte MostDecimals = 6;
    public const byte Single = 0xfe;
    public const byte Double = 0xff;

    /// <summary>Powers of ten, exact.</summary>
    public static ReadOnlySpan<double> Powers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
}
