using LiveViz.Server;
using LiveViz.Tests.Hub;
using LiveViz.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Sources;

/// <summary>What README.md tells a developer who writes a source.</summary>
public sealed class OwnSourceTests
{
    [Fact]
    public async Task Readme_shows_the_source_that_is_compiled_here()
    {
        var source = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "LiveViz.Tests", "Sources", "ServerMemory.cs"));
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));

        Assert.Contains(source[source.IndexOf("public sealed class", StringComparison.Ordinal)..].Trim(), readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_of_ones_own_runs_in_an_app_of_ones_own()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "LiveViz.Server",
            Args = ["--urls=http://127.0.0.1:0", "--LiveViz:Sources:0:Type=ServerMemory", "--LiveViz:History:Store=None"],
        });
        builder.Services.AddSourceType<ServerMemory>("ServerMemory");
        builder.AddLiveVizServer();
        await using var app = builder.Build();
        app.MapLiveViz();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var connection = await HubClient.ConnectAsync(new Uri(address));

        await foreach (var point in connection.StreamAsync<DataPoint>("Stream", null))
        {
            Assert.Equal("server-memory", point.SensorId);
            Assert.True(point.Value > 1);
            break;
        }

        Assert.Equal("MB", Assert.Single(await connection.InvokeAsync<Sensor[]>("GetSensors")).Unit);
    }
}
