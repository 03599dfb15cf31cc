using NATS.Client.Core;

namespace LiveViz.Server.Sources.Nats;

/// <summary>Makes the client's settings of the source's.</summary>
internal static class NatsConfiguration
{
    public static NatsOpts Of(NatsOptions options) => new()
    {
        Url = options.Url,
        Name = "LiveViz",
        AuthOpts = new NatsAuthOpts
        {
            Username = options.User,
            Password = options.Password,
            Token = options.Token,
            CredsFile = options.CredsFile,
        },
        TlsOpts = new NatsTlsOpts
        {
            Mode = options.Tls ? TlsMode.Require : TlsMode.Auto,
            CaFile = options.CaFile,
            CertFile = options.CertificateFile,
            KeyFile = options.KeyFile,
        },
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // A server that says nothing is noticed after three of these.
        PingInterval = TimeSpan.FromSeconds(3),
        MaxPingOut = 2,
        // What is read ahead of the intake, which is faster than any network. Messages beyond are dropped and counted.
        SubPendingChannelCapacity = 4096,
    };
}
