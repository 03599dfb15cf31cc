namespace LiveViz.Server.Security;

/// <summary>Counts connections, all together and of each caller, and lets no more in than allowed.</summary>
/// <param name="limits">How many are allowed.</param>
/// <param name="what">What they are called, in words for who is refused.</param>
internal sealed class ConnectionCount(LimitOptions limits, string what)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _callers = [];
    private int _all;

    /// <summary>Counts a connection of <paramref name="caller"/>.</summary>
    /// <returns>Null, or why it is refused; a refused one is not counted.</returns>
    public string? Enter(string caller)
    {
        lock (_gate)
        {
            var own = _callers.GetValueOrDefault(caller);
            if (own >= limits.ConnectionsPerAddress)
            {
                return $"{own} {what} from {caller} are open already; close one, or allow more with LiveViz:Limits:ConnectionsPerAddress.";
            }

            if (_all >= limits.Connections)
            {
                return $"{_all} {what} are open already, as many as this server allows with LiveViz:Limits:Connections.";
            }

            _callers[caller] = own + 1;
            _all++;
            return null;
        }
    }

    public void Leave(string caller)
    {
        lock (_gate)
        {
            _all--;
            // Whoever has gone is forgotten: the addresses of a year would be many.
            if (--_callers[caller] == 0)
            {
                _callers.Remove(caller);
            }
        }
    }
}
