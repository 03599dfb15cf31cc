using System.Diagnostics;
using System.Net;

namespace LiveViz.FanOut.Load;

/// <summary>The clients that stopped reading, and when the server let go of each.</summary>
internal sealed class StalledClients(int serverPort, IReadOnlyCollection<Client> clients)
{
    private readonly Dictionary<int, double?> _closedAfter =
        clients.ToDictionary(client => ((IPEndPoint)client.Socket.LocalEndPoint!).Port, _ => (double?)null);

    private readonly Stopwatch _since = Stopwatch.StartNew();

    /// <summary>After how many seconds each was closed; null where it was not.</summary>
    public IReadOnlyCollection<double?> ClosedAfter => _closedAfter.Values;

    public void Look()
    {
        if (_closedAfter.Count == 0)
        {
            return;
        }

        var open = TcpTable.HeldOpenBy(serverPort);
        foreach (var port in _closedAfter.Where(each => each.Value is null && !open.Contains(each.Key)).Select(each => each.Key).ToList())
        {
            _closedAfter[port] = _since.Elapsed.TotalSeconds;
        }
    }
}
