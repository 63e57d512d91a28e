using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>A port of this machine to which no packet may get: everybody has to be able to connect to it again.</summary>
internal sealed class PacketScenario(string kind) : Scenario(kind)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TcpListener server = new(IPAddress.Loopback, 0);

    public override string? Residue()
    {
        using var client = new TcpClient();
        try
        {
            return client.ConnectAsync((IPEndPoint)server.LocalEndpoint).Wait(Patience) ? null : "nobody can connect: packets are dropped";
        }
        catch (AggregateException failure)
        {
            return failure.InnerException!.Message;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        server.Dispose();
        await base.DisposeAsync();
    }

    protected override Task PrepareAsync()
    {
        PacketFilter.Needed();
        server.Start();
        return Task.CompletedTask;
    }

    protected override JsonObject Arguments() => new() { ["address"] = "127.0.0.1", ["port"] = ((IPEndPoint)server.LocalEndpoint).Port };
}
