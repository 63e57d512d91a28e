namespace Libraries.Tests.Servers;

/// <summary>MariaDB. It is root's only where that is said.</summary>
internal sealed class MariaServer : IRealServer
{
    public string Setting => "mysql";

    public (string Program, string Package) Source => ("mariadbd", "mariadb-server");

    public async Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started)
    {
        var port = FreePort.Next();
        string[] place = ["--no-defaults", $"--user={Environment.UserName}", $"--datadir={folder["data"]}"];
        await ServerProcess.RunAsync(
            folder,
            [
                Needs.Search("mariadb-install-db")!, .. place, "--auth-root-authentication-method=normal",
                "--skip-test-db", "--skip-name-resolve",
            ]);
        var server = ServerProcess.Start(
            folder,
            [
                Needs.Search(Source.Program)!, .. place, "--bind-address=127.0.0.1", $"--port={port}", $"--socket={folder["socket"]}",
                $"--pid-file={folder["pid"]}", "--skip-log-bin", "--innodb-buffer-pool-size=8M", "--innodb-flush-log-at-trx-commit=0",
            ]);
        started.Add(server);
        await server.ListensAsync(port);
        return $"Server=127.0.0.1;Port={port};User ID=root;Maximum Pool Size=5;Connection Timeout=15;Default Command Timeout=15";
    }
}
