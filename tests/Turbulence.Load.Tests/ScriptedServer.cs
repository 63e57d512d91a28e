using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Load.Tests;

/// <summary>A real server that answers each request as a test says, and lies, stalls or breaks off where that says so.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> talks = [];
    private readonly Func<Asked, Task<Reply>> script;
    private readonly Task accepting;
    private int asked;
    private int ended;

    public ScriptedServer(Func<Asked, Reply> script)
        : this(request => Task.FromResult(script(request)))
    {
    }

    public ScriptedServer(Func<Asked, Task<Reply>> script)
    {
        this.script = script;
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{Address}/");

    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    public int Connections { get; private set; }

    public int Requests => Volatile.Read(ref asked);

    /// <summary>How many connections the server has closed.</summary>
    public int Ended => Volatile.Read(ref ended);

    /// <summary>The requests' heads, in the order in which they came.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Heads { get; } = new();

    public static string Ok(string body = "hello") =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(talks);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(ending.Token);
                Connections++;
                talks.Add(TalkAsync(socket, Connections));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over: the listener says so in one of three ways.
        }
    }

    private async Task TalkAsync(Socket socket, int connection)
    {
        try
        {
            var text = new StringBuilder();
            var memory = new byte[64 << 10];
            while (true)
            {
                int end;
                while ((end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
                {
                    var count = await socket.ReceiveAsync(memory, ending.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    text.Append(Encoding.Latin1.GetString(memory, 0, count));
                }

                var head = text.ToString(0, end + 4);
                text.Remove(0, end + 4);
                Heads.Enqueue(head);
                var reply = await script(new Asked(Interlocked.Increment(ref asked), connection, head));
                foreach (var piece in reply.Pieces)
                {
                    await socket.SendAsync(Encoding.Latin1.GetBytes(piece), ending.Token);
                }

                switch (reply.Then)
                {
                    case Then.Close:
                        socket.Shutdown(SocketShutdown.Send);
                        return;
                    case Then.Reset:
                        socket.LingerState = new LingerOption(true, 0);
                        return;
                    case Then.Hang:
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
                        return;
                    default:
                        break;
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
        finally
        {
            socket.Dispose();
            Interlocked.Increment(ref ended);
        }
    }
}

/// <summary>A request that has come.</summary>
internal sealed record Asked(int Number, int Connection, string Head);

/// <summary>What comes after a reply.</summary>
internal enum Then
{
    Keep,
    Close,
    Reset,
    Hang,
}

/// <summary>What is answered, in pieces, and what comes then.</summary>
internal sealed record Reply(Then Then, params IEnumerable<string> Pieces)
{
    public static implicit operator Reply(string text) => new(Then.Keep, text);
}
