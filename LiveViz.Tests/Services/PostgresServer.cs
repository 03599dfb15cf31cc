using System.Diagnostics;
using Npgsql;

namespace LiveViz.Tests.Services;

/// <summary>A PostgreSQL server on a free port, with its data in a temporary folder; empty but for the database "postgres".</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string User = "liveviz";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("liveviz-postgres-");
    private readonly int _port = ServiceProcess.FreePort();
    private readonly Certificates _certificates;
    private ServiceProcess? _process;

    public PostgresServer() => _certificates = new Certificates(_folder);

    /// <summary>How to reach it.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username={User};Database=postgres;SSL Mode=Disable";

    /// <summary>How to reach it over TLS, known by its authority.</summary>
    public string EncryptedConnectionString =>
        $"Host=localhost;Port={_port};Username={User};Database=postgres;SSL Mode=VerifyFull;Root Certificate={_certificates.CaFile}";

    private static string Programs => Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Last() + "/bin";

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes its data, and starts it.</summary>
    public async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "--recursive", "postgres", _folder.FullName);
        }

        // It takes no key that others could read.
        await RunAsync("chmod", "600", _certificates.ServerKeyFile);
        var (program, arguments) = Unprivileged("initdb", "--pgdata", Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await RunAsync(program, arguments);
        await StartAsync();
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        // Without the folder for its socket, which belongs to the server that the system runs.
        var (program, arguments) = Unprivileged(
            "postgres", "-D", Data, "-p", $"{_port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
            "-c", "ssl=on", "-c", $"ssl_cert_file={_certificates.ServerFile}", "-c", $"ssl_key_file={_certificates.ServerKeyFile}");
        _process = await ServiceProcess.StartAsync(program, arguments, "database system is ready to accept connections");
    }

    /// <summary>Stops it, and keeps its data.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            // Not killed: it would leave its shared memory behind.
            await process.StopAsync("INT");
            await process.DisposeAsync();
        }
    }

    /// <summary>Runs statements.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    // It refuses to run as root.
    private static (string Program, string[] Arguments) Unprivileged(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(Programs, program), .. arguments])
        : (Path.Combine(Programs, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
    }
}
