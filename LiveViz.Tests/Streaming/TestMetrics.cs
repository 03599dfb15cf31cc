using System.Diagnostics.Metrics;
using LiveViz.Server.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace LiveViz.Tests.Streaming;

/// <summary>Makes meters that are read by nobody else.</summary>
internal static class TestMetrics
{
    public static StreamMetrics New() =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
