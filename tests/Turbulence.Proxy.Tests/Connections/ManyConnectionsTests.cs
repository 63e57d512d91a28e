using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Turbulence.Proxy.Toxics;

namespace Turbulence.Proxy.Tests.Connections;

[Collection("Many open files")]
public sealed class ManyConnectionsTests
{
    private const int Many = 5000;
    private const int FilesForEach = 4;
    private const int FilesBeside = 1500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Thousands_of_connections_are_carried_at_once(int threads)
    {
        var count = Math.Min(Many, (await OpenFilesAsync() - FilesBeside) / FilesForEach);
        Needs.That(count >= 500, "needs 3,000 open files (ulimit -n)");
        await using var route = await Route.OpenAsync(server => server with { Threads = threads });
        List<(Peer Client, Peer Server)> pairs = [];
        for (var i = 0; i < count; i++)
        {
            pairs.Add(await route.ConnectAsync());
        }

        Assert.Equal(count, route.Proxy.Counters.Active);
        // In the reverse order, so that no connection is served because it is the next.
        for (var i = count - 1; i >= 0; i--)
        {
            await pairs[i].Client.SendAsync(i.ToString("00000000", CultureInfo.InvariantCulture));
        }

        // Who was accepted as which is not promised.
        HashSet<string> arrived = [];
        foreach (var (_, server) in pairs)
        {
            arrived.Add(await server.ReadTextAsync(8));
        }

        Assert.Equal(count, arrived.Count);
        foreach (var (client, server) in pairs)
        {
            client.Reset();
            server.Dispose();
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task After_every_kind_of_end_with_every_toxic_nothing_is_left(int seed, bool portable)
    {
        const int Rounds = 12;
        var random = new Random(seed);
        await using var route = await Route.OpenAsync(server => server with { Time = TimeProvider.System, IsPortable = portable });
        using var serving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var served = ServeAsync(route.Upstream, new Random(~seed), serving.Token);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var kind in ToxicKinds.All.Where(kind => kind.IsForStreams))
            {
                var stream = random.Next(2) == 0 ? ToxicStream.Upstream : ToxicStream.Downstream;
                await route.Proxy.AddToxicAsync(
                    new ToxicOptions(kind.Name) { Toxicity = random.NextDouble() * 0.3, Stream = stream, Name = kind.Name });
            }

            await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => LiveAsync(route, random.Next())));
            await route.Proxy.ResetAsync();
        }

        await Eventually.HoldsAsync(() => route.Proxy.Counters.Active == 0);
        await serving.CancelAsync();
        await served;
        await route.SettleAsync();
        var loop = route.Server.Loops[0];
        Assert.Equal((0, 1, 0), (loop.Pool.Lent, loop.SocketCount, loop.TimerCount));
        await route.Server.DisposeAsync();
        Assert.False(loop.IsRunning);
        Assert.Equal(0, loop.SocketCount);
    }

    /// <summary>Answers each connection with some bytes, and ends it in one of the ways in which they end once the client has.</summary>
    private static async Task ServeAsync(Upstream upstream, Random random, CancellationToken cancellationToken)
    {
        List<Task> served = [];
        try
        {
            while (true)
            {
                var peer = await upstream.AcceptUntilAsync(cancellationToken);
                served.Add(AnswerAsync(peer, random.Next(100_000), random.Next(2) == 0));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }

    private static async Task AnswerAsync(Peer peer, int bytes, bool reset)
    {
        using (peer)
        {
            try
            {
                await peer.SendAsync(new byte[bytes]);
            }
            catch (SocketException)
            {
                // A client that is gone hears no answer.
            }

            await peer.ReadFateAsync();
            if (reset)
            {
                peer.Reset();
            }
        }
    }

    /// <summary>
    /// A connection with some bytes each way and one of the ways in which they end; what the toxics do to it is their affair.
    /// </summary>
    private static async Task LiveAsync(Route route, int seed)
    {
        var random = new Random(seed);
        using var client = await ConnectAsync(route);
        if (client is null)
        {
            return;
        }

        try
        {
            await client.SendAsync(new byte[random.Next(100_000)]);
            switch (random.Next(3))
            {
                case 0:
                    client.End();
                    break;
                case 1:
                    client.Reset();
                    break;
            }
        }
        catch (SocketException)
        {
            // A toxic was quicker.
        }
    }

    private static async Task<Peer?> ConnectAsync(Route route)
    {
        try
        {
            return await Peer.ConnectAsync(route.Proxy.Listen);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>How many files this process may have open; more than it began with, where that is allowed.</summary>
    private static async Task<int> OpenFilesAsync()
    {
        const int Wanted = (Many * FilesForEach) + FilesBeside;
        if (!OperatingSystem.IsLinux())
        {
            return 1024;
        }

        try
        {
            var ask = new ProcessStartInfo("prlimit", [
                "--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), $"--nofile={Wanted}:{Wanted}",
            ])
            { RedirectStandardError = true };
            using var raise = Process.Start(ask)!;
            await raise.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without the program it is as many as it is.
        }

        var line = (await File.ReadAllLinesAsync("/proc/self/limits", TestContext.Current.CancellationToken)).Single(
            line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return int.Parse(
            line["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }
}
