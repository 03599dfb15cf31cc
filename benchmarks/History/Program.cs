using System.Globalization;
using LiveViz.Benchmarks.History;

// What history costs and how quickly it stores and answers; see benchmarks/README.md.
if (args is ["ingest", .. var servers])
{
    await Ingest.RunAsync([.. servers.Select(address => new Uri(address))]);
    return;
}

if (args is ["ingest-mqtt", var broker, var server])
{
    await MqttIngest.RunAsync(new Uri(broker), new Uri(server));
    return;
}

if (args is ["query", var liveViz, var influx, var count])
{
    await Query.RunAsync(new Uri(liveViz), new Uri(influx), long.Parse(count, CultureInfo.InvariantCulture));
    return;
}

Footprint.Run();
Envelope.Run(args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000);
