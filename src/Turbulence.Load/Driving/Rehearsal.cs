using System.Net;
using System.Net.Sockets;
using System.Runtime;
using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Driving;

/// <summary>
/// Sends a few requests to a server of its own before the first that counts: where code is compiled when it is first called, the first request would leave some 20 ms late. A native
/// program has nothing to rehearse.
/// </summary>
internal static class Rehearsal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Lazy<Task> Once = new(PlayAsync);

    /// <summary>Rehearses, once in a process.</summary>
    public static Task RunAsync() => JitInfo.GetCompiledMethodCount() > 0 ? Once.Value : Task.CompletedTask;

    /// <summary>Sends them.</summary>
    /// <returns>What became of them; null where there could be no server.</returns>
    internal static async Task<LoadResult?> PlayAsync()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var plan = new LoadPlan([new LoadRequest(new Uri($"http://{listener.LocalEndpoint}/"))], LoadSchedule.Constant(100, TimeSpan.FromMilliseconds(45)))
            {
                Timeout = Patience,
                Classes = [new AnswerClass("a", new AnswerPattern("a")), new AnswerClass("b", new AnswerPattern("b"))],
            };
            var origin = new LoadOrigin(IPAddress.Loopback.ToString(), ((IPEndPoint)listener.LocalEndpoint).Port);
            await origin.ResolveAsync(CancellationToken.None);
            await using var loop = new SocketLoop("rehearsal", TimeProvider.System);
            loop.Start();
            var tally = new LoadTally(new OutcomeNames(["a", "b"]), 1);
            var driver = new LoadDriver(plan, [new RequestBytes(plan.Requests[0])], [origin], loop, tally);
            var answering = AnswerAsync(listener);
            await loop.RunAsync(driver.Start);
            await driver.Done;
            await loop.RunAsync(driver.CloseAll);
            listener.Stop();
            await answering;
            return tally.Result(driver.Intended, TimeSpan.Zero, null);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            // Then the first request is late, and the figures say so.
            return null;
        }
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        List<Task> talks = [];
        try
        {
            // One that is not answered in time makes the next one open another connection.
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptSocketAsync()));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private static async Task TalkAsync(Socket client)
    {
        using var mine = client;
        try
        {
            var memory = new byte[1024];
            while (await client.ReceiveAsync(memory) > 0)
            {
                await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb"u8.ToArray());
            }
        }
        catch (SocketException)
        {
            // The rehearsal is over.
        }
    }
}
