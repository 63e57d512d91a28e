using System.Diagnostics;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>A real client of Toxiproxy's, with all its calls: node-client.js drives it, and says what it saw.</summary>
public sealed class NodeClientTests
{
    private static readonly string Modules = Path.Combine(BuiltProgram.Root, "artifacts", "node");

    [Fact]
    public async Task Every_call_of_the_client_for_Node_js_works()
    {
        var node = Needs.Program("node", "nodejs");
        Needs.That(
            Directory.Exists(Path.Combine(Modules, "node_modules", "toxiproxy-node-client")),
            "needs toxiproxy-node-client (npm install --prefix artifacts/node toxiproxy-node-client@4.1.0)");
        await using var api = await ApiServer.StartAsync();
        var start = new ProcessStartInfo(
            node, [Path.Combine(AppContext.BaseDirectory, "node-client.js"), api.Url.GetLeftPart(UriPartial.Authority)])
        {
            WorkingDirectory = Modules,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = Path.Combine(Modules, "node_modules") },
        };

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await complaints);
        Assert.Equal(
            "version createProxy get getAll update addToxic getToxic toxic.update toxic.remove populate reset remove errors\n", said);
        Assert.Empty(api.Server.Proxies);
    }
}
