using System.Net;
using System.Text;

namespace LiveViz.Benchmarks.History;

/// <summary>Writes line protocol to a server as InfluxDB 1 takes it.</summary>
internal static class LineProtocol
{
    /// <summary>The nanoseconds since 1970 of a time in ticks.</summary>
    public static long Nanoseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <summary>Writes lines to the database <c>bench</c>, and waits until the server says that it has them.</summary>
    /// <exception cref="InvalidOperationException">The server refuses them.</exception>
    public static async Task WriteAsync(HttpClient client, Uri server, string lines)
    {
        using var body = new StringContent(lines, Encoding.UTF8);
        using var answer = await client.PostAsync(new Uri(server, "/write?db=bench"), body);
        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            throw new InvalidOperationException($"{server} answers {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
