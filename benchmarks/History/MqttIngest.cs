using System.Diagnostics;
using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace LiveViz.Benchmarks.History;

/// <summary>How many samples a second a LiveViz server stores that come to it through a broker; see benchmarks/README.md for its settings.</summary>
internal static class MqttIngest
{
    private const int Messages = 1000;
    private const int Batch = 1000;
    private const int Sensors = 100;
    private const int OnTheirWay = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Publishes to the broker three times, and waits each time until the server has the last of it in its history.</summary>
    public static async Task RunAsync(Uri broker, Uri server)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).Build());
        for (var round = 0; round < 3; round++)
        {
            var start = DateTimeOffset.UtcNow.AddDays(round - 20).ToUnixTimeMilliseconds();
            var clock = Stopwatch.StartNew();
            for (var first = 0; first < Messages; first += OnTheirWay)
            {
                await Task.WhenAll(Enumerable.Range(first, OnTheirWay).Select(message => client.PublishAsync(new MqttApplicationMessageBuilder()
                    .WithTopic("bench").WithPayload(Payload(start, message)).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build())));
            }

            var published = clock.Elapsed;
            await StoredAsync(server, start + (Messages * (Batch / Sensors) * 10) - 10);
            Console.WriteLine(
                $"{broker}: {Messages * Batch / clock.Elapsed.TotalSeconds:#,0} samples a second in messages of {Batch}, stored; the broker took them in {100 * published / clock.Elapsed:0} % of that time");
        }
    }

    private static string Payload(long start, int message)
    {
        var text = new StringBuilder(Batch * 64).Append('[');
        for (var i = 0; i < Batch; i++)
        {
            var at = (message * (Batch / Sensors)) + (i / Sensors);
            text.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"s\":\"temperature-{i % Sensors}\",\"t\":{start + (at * 10)},\"v\":{60 + ((at + i) % 1000 * 0.01):0.00}}}");
        }

        return text.Append(']').ToString();
    }

    private static async Task StoredAsync(Uri server, long last)
    {
        using var client = new HttpClient { BaseAddress = server };
        using var patience = new CancellationTokenSource(Patience);
        var address = new Uri($"/api/v1/sensors/temperature-{Sensors - 1}/history?from={last}&to={last + 1}", UriKind.Relative);
        while (true)
        {
            using var answer = await client.GetAsync(address, patience.Token);
            if ((await answer.Content.ReadAsStringAsync(patience.Token)).Contains("\"value\":", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(20, patience.Token);
        }
    }
}
