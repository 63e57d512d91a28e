namespace Libraries.Tests.Servers;

/// <summary>NATS.</summary>
internal sealed class NatsServer : IRealServer
{
    public string Setting => "nats";

    public (string Program, string Package) Source => ("nats-server", "nats-server");

    public async Task<string> StartAsync(TemporaryFolder folder, List<ServerProcess> started)
    {
        var port = FreePort.Next();
        var server = ServerProcess.Start(folder, [Needs.Search(Source.Program)!, "-a", "127.0.0.1", "-p", $"{port}"]);
        started.Add(server);
        await server.ListensAsync(port);
        return $"nats://127.0.0.1:{port}";
    }
}
