using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace RandomNumbers.Tests;

/// <summary>A server that does with each connection what the test says: nothing, half an answer, garbage.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;
    private readonly StrongBox<int>? heard;
    private int connections;

    private ScriptedServer(Func<Socket, CancellationToken, Task> script, StrongBox<int>? heard = null)
    {
        this.heard = heard;
        listener.Start();
        work = AcceptAsync(script);
    }

    public string Url => $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public int Connections => Volatile.Read(ref connections);

    /// <summary>How many requests have come, of a server that only begins to answer.</summary>
    public int Heard => heard is null ? 0 : Volatile.Read(ref heard.Value);

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

    /// <summary>Reads the request, says this, and nothing more.</summary>
    public static ScriptedServer Beginning(string answer)
    {
        var heard = new StrongBox<int>();
        return new ScriptedServer(
            async (socket, stop) =>
            {
                var request = new byte[4096];
                _ = await socket.ReceiveAsync(request, stop);
                await socket.SendAsync(Encoding.Latin1.GetBytes(answer), stop);
                Interlocked.Increment(ref heard.Value);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            },
            heard);
    }

    /// <summary>Reads the request, says so, and answers when it may.</summary>
    public static ScriptedServer AnsweringWhen(Task may, TaskCompletionSource asked, string answer) => new(async (socket, stop) =>
    {
        var request = new byte[4096];
        _ = await socket.ReceiveAsync(request, stop);
        asked.TrySetResult();
        await may.WaitAsync(stop);
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), stop);
    });

    /// <summary>Reads the request and breaks the connection off, with RST.</summary>
    public static ScriptedServer Resetting() => new(async (socket, stop) =>
    {
        var request = new byte[4096];
        _ = await socket.ReceiveAsync(request, stop);
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
    });

    /// <summary>
    /// Answers the first request of each connection, which it seems to keep open, and closes it at the next one, as a server does that was
    /// just about to.
    /// </summary>
    public static ScriptedServer AnsweringOnce(string answer) => new(async (socket, stop) =>
    {
        var request = new byte[4096];
        _ = await socket.ReceiveAsync(request, stop);
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), stop);
        _ = await socket.ReceiveAsync(request, stop);
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
