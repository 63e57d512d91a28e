using System.Diagnostics;

namespace Turbulence.Proxy.Tests.Connections;

public sealed class OpenFilesTests
{
    // A program that is compiled as it runs has about 80 open of its own.
    private const int OpenFiles = 140;
    private const int Clients = 120;

    private static readonly string Program =
        Path.GetFullPath(Path.Combine(
            AppContext.BaseDirectory,
            "..",
            "..",
            "ProxyBench",
            Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
            "proxy-bench"));

    [Fact]
    public async Task Without_open_files_clients_wait_until_others_have_gone_and_all_are_served()
    {
        Needs.That(OperatingSystem.IsLinux(), "needs Linux, for its limit of open files");
        using var upstream = new Upstream();
        using var proxy = Process.Start(new ProcessStartInfo(
            "sh", ["-c", $"ulimit -n {OpenFiles}; exec \"$0\" proxy 127.0.0.1:0 {upstream.Address}", Program])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var listen = await proxy.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            // All are there before the first is answered, so that there are more than can be carried.
            List<Peer> clients = [];
            for (var i = 0; i < Clients; i++)
            {
                clients.Add(await Peer.ConnectAsync(listen!));
                await clients[^1].SendAsync("a");
            }

            var answers = clients.Select(AnswerOfAsync).ToList();
            for (var i = 0; i < Clients; i++)
            {
                // Each that is answered goes, and makes room for one that waits.
                using var server = await upstream.AcceptAsync();
                Assert.Equal("a", await server.ReadTextAsync(1));
                await server.SendAsync("b");
                Assert.Equal("", await server.ReadTextAsync(1));
            }

            Assert.All(await Task.WhenAll(answers), answer => Assert.Equal("b", answer));
        }
        finally
        {
            proxy.Kill();
            await proxy.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> AnswerOfAsync(Peer client)
    {
        using (client)
        {
            return await client.ReadTextAsync(1);
        }
    }
}
