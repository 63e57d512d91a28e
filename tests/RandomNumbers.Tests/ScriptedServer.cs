using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RandomNumbers.Tests;

/// <summary>A server that does with each connection what the test says: nothing, half an answer, garbage.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private int connections;

    private ScriptedServer(Func<Socket, CancellationToken, Task> script)
    {
        listener.Start();
        work = AcceptAsync(script);
    }

    public string Url => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Connections => Volatile.Read(ref connections);

    /// <summary>Accepts, and never says a word.</summary>
    public static ScriptedServer Silent() => new(static (_, stop) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop));

    /// <summary>Reads the request, says this, and closes.</summary>
    public static ScriptedServer Saying(string answer) => new(async (socket, stop) =>
    {
        var request = new byte[4096];
        _ = await socket.ReceiveAsync(request, stop);
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), stop);
        socket.Shutdown(SocketShutdown.Send);
    });

    /// <summary>Says this in single bytes, each in a packet of its own, and keeps the connection open.</summary>
    public static ScriptedServer Dripping(string answer) => new(async (socket, stop) =>
    {
        socket.NoDelay = true;
        var request = new byte[4096];
        while (await socket.ReceiveAsync(request, stop) > 0)
        {
            foreach (var part in Encoding.Latin1.GetBytes(answer))
            {
                await socket.SendAsync(new[] { part }, stop);
            }
        }
    });

    public static string Response(int status, string body) => $"HTTP/1.1 {status} Whatever\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        // The accept is over before the listener is stopped: between two accepts a stopped one throws.
        await work;
        listener.Stop();
        stop.Dispose();
        listener.Dispose();
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> script)
    {
        List<Task> open = [];
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                Interlocked.Increment(ref connections);
                open.Add(ServeAsync(socket, script));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(Socket socket, Func<Socket, CancellationToken, Task> script)
    {
        using (socket)
        {
            try
            {
                await script(socket, stop.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException)
            {
                // The test ended, or the peer went.
            }
        }
    }
}
