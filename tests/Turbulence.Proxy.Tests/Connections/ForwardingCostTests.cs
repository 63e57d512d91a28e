using System.Globalization;
using System.Runtime.CompilerServices;

namespace Turbulence.Proxy.Tests.Connections;

/// <summary>
/// What a piece that is read and written makes the proxy allocate. In bytes and not in time, so that it is the same on every machine.
/// </summary>
public sealed class ForwardingCostTests
{
    private const int Rounds = 2000;
    private const int Times = 5;

    [Theory]
    [InlineData("a-forwarded-piece", false, 10)]
    [InlineData("a-forwarded-piece", false, 100_000)]
    [InlineData("a-delayed-piece", true, 10)]
    [InlineData("a-delayed-piece", true, 20_000)]
    public async Task A_piece_makes_it_allocate_no_more_than_is_written_down(string name, bool delayed, int size)
    {
        await using var route = await Route.OpenAsync(server => server with { Time = TimeProvider.System });
        if (delayed)
        {
            await route.AddAsync("latency", new { latency = 0.1 });
        }

        var (client, server) = await route.ConnectAsync();
        using (client)
        using (server)
        {
            var buffer = new byte[size];
            await ExchangeAsync(client, server, buffer, Rounds / 10);

            // Each round is at least a piece in each direction. Blocks that are made once, because more waits than ever before on a busy
            // machine, are for no piece: what is for each of them is there every time.
            var least = long.MaxValue;
            for (var time = 0; time < Times && least > Allowed(name); time++)
            {
                var before = await AllocatedAsync(route);
                await ExchangeAsync(client, server, buffer, Rounds);
                least = Math.Min(least, (await AllocatedAsync(route) - before) / (2 * Rounds));
            }

            Assert.InRange(least, 0, Allowed(name));
        }
    }

    private static async Task ExchangeAsync(Peer client, Peer server, byte[] buffer, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            await client.SendAsync(buffer);
            await server.ReadAsync(buffer.Length);
            await server.SendAsync(buffer);
            await client.ReadAsync(buffer.Length);
        }
    }

    private static async Task<long> AllocatedAsync(Route route)
    {
        long allocated = 0;
        await route.Server.Loops[0].RunAsync(() => allocated = GC.GetAllocatedBytesForCurrentThread());
        return allocated;
    }

    private static long Allowed(string name, [CallerFilePath] string here = "") =>
        long.Parse(
            File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "benchmarks", "allocations.txt"))
                .Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal))[(name.Length + 1)..],
            CultureInfo.InvariantCulture);
}
