namespace Libraries.Tests.Servers;

/// <summary>Redis, in memory alone.</summary>
internal sealed class RedisServer : IRealServer
{
    public string Setting => "redis";

    public (string Program, string Package) Source => ("redis-server", "redis-server");

    public async Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started)
    {
        var port = FreePort.Next();
        var server = ServerProcess.Start(
            folder, [Needs.Search(Source.Program)!, "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--maxmemory", "32mb", "--dir", folder.Path]);
        started.Add(server);
        await server.ListensAsync(port);
        return $"127.0.0.1:{port}";
    }
}
