using System.Globalization;

namespace LiveViz.FanOut.Load;

/// <summary>
/// The kernel's list of connections. A client that does not read cannot see that the server has closed: the end
/// stands behind all that it did not read. The server's side of the connection tells.
/// </summary>
internal static class TcpTable
{
    private const string Established = "01";

    /// <summary>The ports of the clients whose connection the server at a port still holds open.</summary>
    public static HashSet<int> HeldOpenBy(int serverPort) =>
    [
        .. from line in File.ReadLines("/proc/net/tcp").Skip(1)
           let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           where fields[3] == Established && Port(fields[1]) == serverPort
           select Port(fields[2]),
    ];

    private static int Port(string address) =>
        int.Parse(address.AsSpan(address.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
