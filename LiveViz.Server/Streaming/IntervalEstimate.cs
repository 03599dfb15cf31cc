namespace LiveViz.Server.Streaming;

/// <summary>
/// How far apart samples usually come, held high: the largest usual distance, forgotten slowly. An outage is
/// told from the usual by it, so an outage must not teach it: it at most doubles with each.
/// Distances are ticks of 100 ns.
/// </summary>
internal struct IntervalEstimate
{
    /// <summary>From this multiple of the usual distance on, nobody would call it usual any more.</summary>
    private const int OutageFactor = 5;

    // Learning quickly from the first few and then slowly: a sensor has one rhythm, and a first distance
    // that was an outage by chance is corrected by the second.
    private const int Young = 8;
    private const int Forget = 256;

    private long _usual;
    private int _seen;

    /// <summary>Beyond which distance samples have failed to come, but no less than <paramref name="floor"/>.</summary>
    public readonly long Limit(long floor) => Math.Max(floor, OutageFactor * _usual);

    /// <summary>Takes in a distance, and says whether it was an outage.</summary>
    public bool Observe(long distance, long floor)
    {
        if (distance <= 0)
        {
            return false;
        }

        if (_seen == 0)
        {
            _seen = 1;
            _usual = distance;
            return false;
        }

        var outage = distance > Limit(floor);
        if (outage)
        {
            _usual = Math.Min(distance, 2 * Math.Max(_usual, floor / OutageFactor));
        }
        else if (_seen < Young)
        {
            _seen++;
            _usual = Math.Min(distance, _usual);
        }
        else
        {
            _usual = Math.Max(distance, _usual - _usual / Forget);
        }

        return outage;
    }
}
