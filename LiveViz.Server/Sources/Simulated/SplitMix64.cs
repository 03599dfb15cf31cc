namespace LiveViz.Server.Sources.Simulated;

/// <summary>
/// A small random generator whose sequence is fixed by its seed on every platform and .NET version, and whose
/// n-th number can be asked for directly, so that a sample's noise depends on its number alone.
/// Formula: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014),
/// with the constants of S. Vigna's splitmix64.c.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    // The standard deviation of a sum of four independent uniform 16-bit numbers: 65536 * sqrt(4 / 12).
    private const double SumDeviation = 37837.22;
    private const double SumMean = 4 * 65535 / 2.0;

    private ulong _state = seed;

    /// <summary>The <paramref name="index"/>-th number (from 0) of the sequence of <paramref name="seed"/>.</summary>
    public static ulong At(ulong seed, ulong index)
    {
        var z = seed + ((index + 1) * Golden);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>
    /// The <paramref name="index"/>-th bell-shaped number of a seed: mean 0, standard deviation 1, never beyond
    /// ±3.47 (the sum of four uniform numbers, Irwin-Hall), for the cost of one integer hash.
    /// </summary>
    public static double NormalAt(ulong seed, ulong index) => ToNormal(At(seed, index));

    /// <summary>The next number in [0, 1).</summary>
    public double NextUniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextBetween(double low, double high) => low + ((high - low) * NextUniform());

    /// <summary>The next bell-shaped number, as <see cref="NormalAt"/>.</summary>
    public double NextNormal() => ToNormal(Next());

    private ulong Next()
    {
        var value = At(_state, 0);
        _state += Golden;
        return value;
    }

    private static double ToNormal(ulong bits)
    {
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return (sum - SumMean) / SumDeviation;
    }
}
