using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LiveViz.FanOut.Load;

/// <summary>
/// Waits for any of many sockets with one call, on the caller's own thread: .NET's own waiting takes a buffer a
/// socket and the thread pool, and the load tool must cost little beside the server it measures. Linux only.
/// </summary>
internal sealed partial class Epoll
{
    private const int MostAtOnce = 256;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Readable = 1;

    // The kernel's struct epoll_event is packed on x86-64 and nowhere else.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 3 : 4;

    private readonly int _handle = Checked(Create(0));
    private readonly int[] _events = new int[MostAtOnce * 4];

    /// <summary>Begins to wait for a socket, told apart by a number.</summary>
    public void Watch(Socket socket, int number)
    {
        Span<int> wanted = stackalloc int[4];
        wanted[0] = Readable;
        wanted[Stride - 2] = number;
        Checked(Control(_handle, Add, (int)socket.Handle, wanted));
    }

    public void Forget(Socket socket) => Checked(Control(_handle, Delete, (int)socket.Handle, stackalloc int[4]));

    /// <summary>Waits, and puts the numbers of those that have something to read into <paramref name="ready"/>.</summary>
    /// <returns>How many.</returns>
    public int Wait(int milliseconds, Span<int> ready)
    {
        var count = Wait(_handle, _events, Math.Min(MostAtOnce, ready.Length), milliseconds);
        for (var i = 0; i < count; i++)
        {
            ready[i] = _events[(i * Stride) + Stride - 2];
        }

        return Math.Max(0, count);
    }

    private static int Checked(int result) =>
        result >= 0 ? result : throw new InvalidOperationException($"epoll failed: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int epoll, int operation, int socket, Span<int> wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(int epoll, Span<int> events, int most, int milliseconds);
}
