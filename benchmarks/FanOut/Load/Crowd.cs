namespace LiveViz.FanOut.Load;

/// <summary>The clients of one run: connected, and being read.</summary>
internal sealed class Crowd
{
    // How many are being connected at any moment: the server's queue of connections is short.
    private const int AtOnce = 8;

    private readonly ReadingThread[] _threads;
    private readonly Client[] _clients;

    public Crowd(Settings settings)
    {
        var conversation = new Conversation(settings);
        _threads = [.. Enumerable.Range(0, settings.Threads).Select(_ => new ReadingThread(conversation.Ping))];
        _clients = new Client[settings.Clients];
        var sampled = Spread(settings.Sampled, settings.Clients);
        Tallies = [.. sampled.Select(_ => new Tally(settings))];
        Parallel.For(0, settings.Clients, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, i =>
        {
            var place = Array.IndexOf(sampled, i);
            var tally = place < 0 ? null : Tallies[place];
            tally?.Open();
            var socket = Wire.Open(settings.Port, conversation.Path, conversation.Opening);
            _clients[i] = new Client(socket, tally is null ? null : conversation.NewPayload(tally));
            ThreadOf(i).Add(_clients[i]);
        });
    }

    /// <summary>One for each sampled client.</summary>
    public Tally[] Tallies { get; }

    /// <summary>Stops reading so many of those that are not sampled.</summary>
    /// <returns>Those that go on, and those that do not.</returns>
    public (List<Client> Reading, List<Client> Stalled) Stall(int count)
    {
        var others = Enumerable.Range(0, _clients.Length).Where(i => !_clients[i].IsSampled).ToList();
        var stalled = Spread(count, others.Count).Select(i => others[i]).ToHashSet();
        foreach (var i in stalled)
        {
            ThreadOf(i).Stall(_clients[i]);
        }

        return (
            [.. Enumerable.Range(0, _clients.Length).Where(i => !stalled.Contains(i)).Select(i => _clients[i])],
            [.. stalled.Select(i => _clients[i])]);
    }

    /// <summary>Ends with an error if any client could not be read.</summary>
    public void Stop()
    {
        foreach (var thread in _threads)
        {
            thread.Stop();
        }

        if (_threads.Select(thread => thread.Failure).FirstOrDefault(failure => failure is not null) is { } first)
        {
            throw new InvalidOperationException($"The load tool could not read a client: {first.Message}", first);
        }
    }

    private ReadingThread ThreadOf(int client) => _threads[client % _threads.Length];

    // Evenly: those connected first may be served differently from those connected last.
    private static int[] Spread(int count, int over) =>
        [.. Enumerable.Range(0, Math.Min(count, over)).Select(i => (int)((long)i * over / Math.Min(count, over)))];
}
