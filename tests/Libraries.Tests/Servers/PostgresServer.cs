namespace Libraries.Tests.Servers;

/// <summary>PostgreSQL. It refuses to be root's, so root lends it to the user that its package made.</summary>
internal sealed class PostgresServer : IRealServer
{
    private const string User = "postgres";

    // Debian keeps each version in a folder of its own, and none of them in PATH.
    private static readonly string? Programs =
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    public string Setting => "postgres";

    public (string Program, string Package) Source => ("postgres", "postgresql");

    public bool IsInstalled => Programs is not null;

    public async Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started)
    {
        string[] asUser = [];
        if (Environment.IsPrivilegedProcess)
        {
            await ServerProcess.RunAsync(folder, Needs.Search("chown")!, User, folder.Path);
            asUser = [Needs.Search("setpriv")!, $"--reuid={User}", $"--regid={User}", "--clear-groups", "--"];
        }

        var port = FreePort.Next();
        await ServerProcess.RunAsync(
            folder, [.. asUser, $"{Programs}/initdb", "-D", folder["data"], "-U", User, "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"]);
        var server = ServerProcess.Start(
            folder,
            [
                .. asUser, $"{Programs}/postgres", "-D", folder["data"], "-p", $"{port}", "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "shared_buffers=8MB", "-c", "max_connections=40",
            ]);
        started.Add(server);
        await server.ListensAsync(port);
        return $"Host=127.0.0.1;Port={port};Username={User};Database=postgres;Maximum Pool Size=5;Timeout=15;Command Timeout=15";
    }
}
