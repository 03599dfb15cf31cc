using System.Threading.RateLimiting;
using LiveViz.Feeds;
using LiveViz.Server.Security;
using LiveViz.Server.Streaming;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LiveViz.Server;

/// <summary>Registers who may come in, and how much clients may ask.</summary>
internal static class SecurityExtensions
{
    public const string AllowedOriginsPolicy = "LiveViz:Security:AllowedOrigins";

    public const string RequestsPolicy = "LiveViz:Limits:RequestsPerSecond";

    /// <exception cref="WrongConfigurationException">Its sections of the configuration cannot be run with.</exception>
    public static IServiceCollection AddSecurity(this IServiceCollection services, IConfigurationSection section)
    {
        var security = new SecurityOptions();
        ConfigurationReader.Fill(section.GetSection("Security"), security);
        var limits = new LimitOptions();
        ConfigurationReader.Fill(section.GetSection("Limits"), limits);
        services.AddSingleton(Options.Create(security));
        services.AddSingleton(Options.Create(limits));
        services.AddSingleton<RefusalLog>();
        services.AddLimits(limits);
        services.AddRequestLimit(limits);
        services.AddCors(cors => cors.AddPolicy(AllowedOriginsPolicy, policy =>
            policy.WithOrigins([.. security.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod().AllowCredentials()));
        services.AddSingleton<ListenGuard>();
        services.AddSingleton<IPostConfigureOptions<SocketTransportOptions>>(provider => provider.GetRequiredService<ListenGuard>());
        // HTTP/3 would open sockets that the guard does not see, and nothing here needs it.
        services.RemoveAll<IMultiplexedConnectionListenerFactory>();
        services.AddSingleton<LoggerFactory>();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, ToldLoggerFactory>());
        return services;
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseMiddleware<OriginGuard>();
        app.UseCors();
        app.UseRateLimiter();
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<ListenGuard>().Report);
    }

    private static void AddRequestLimit(this IServiceCollection services, LimitOptions limits) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.AddPolicy(RequestsPolicy, context => RateLimitPartition.GetTokenBucketLimiter(Caller.Address(context), _ => new TokenBucketRateLimiterOptions
        {
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            TokensPerPeriod = limits.RequestsPerSecond,
            TokenLimit = limits.RequestsPerSecond,
        }));
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            var message = $"more than {limits.RequestsPerSecond} requests a second; send more samples in each, or allow more with {RequestsPolicy}";
            var context = rejected.HttpContext;
            context.RequestServices.GetRequiredService<RefusalLog>().Note(Caller.Address(context), "requests", message);
            context.Response.Headers.RetryAfter = "1";
            await context.Response.WriteAsJsonAsync(new { code = "too many requests", message }, cancellationToken);
        };
    });

    private static void AddLimits(this IServiceCollection services, LimitOptions limits)
    {
        services.AddSingleton<ConnectionFilter>();
        services.AddSingleton<CallFilter>();
        services.AddSingleton<StreamLimit>();
        services.AddSingleton<OwnConnection>();
        services.AddSingleton<IConfigureOptions<FeedOptions>>(provider => provider.GetRequiredService<OwnConnection>());
        services.Configure<HubOptions<SensorHub>>(hub =>
        {
            hub.MaximumReceiveMessageSize = limits.MessageBytes;
            hub.AddFilter<ConnectionFilter>();
            hub.AddFilter<CallFilter>();
        });
    }
}
