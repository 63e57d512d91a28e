using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>
/// Stands in front of the real API and passes requests on, one a connection, until it is told to answer in another way; null is no answer.
/// </summary>
internal sealed class RelayedApi : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource ending = new();
    private readonly List<Task> serving = [];
    private readonly Uri api;

    public RelayedApi(Uri api)
    {
        this.api = api;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(50);
        Url = new Uri($"http://{listener.LocalEndPoint}/");
        serving.Add(AcceptAsync());
    }

    public Uri Url { get; }

    /// <summary>The requests that came, with their bodies.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What is answered to a request (<c>DELETE /proxies/…</c> and its rest). Default: what the API answers.</summary>
    public Func<string, Task<byte[]?>>? Answer { get; set; }

    /// <summary>Passes a request on, and returns the answer.</summary>
    public async Task<byte[]> PassAsync(string request)
    {
        using var real = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await real.ConnectAsync(IPAddress.Parse(api.Host), api.Port, ending.Token);
        await real.SendAsync(
            Encoding.UTF8.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), ending.Token);
        return await ReadAsync(real, static _ => false);
    }

    /// <summary>An answer of HTTP.</summary>
    public static byte[] Http(string status, string body, string more = "") =>
        Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{more}\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        await Task.WhenAll(serving);
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await listener.AcceptAsync(ending.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // That was all.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var request = Encoding.UTF8.GetString(await ReadAsync(client, IsWhole));
                lock (Requests)
                {
                    Requests.Add(request);
                }

                var answer = Answer is { } other ? await other(request) : await PassAsync(request);
                if (answer is null)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
                }

                await client.SendAsync(answer, ending.Token);
                client.Shutdown(SocketShutdown.Both);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // Whoever asked has gone.
            }
        }
    }

    private async Task<byte[]> ReadAsync(Socket socket, Func<string, bool> isWhole)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await socket.ReceiveAsync(buffer, ending.Token) is var read and > 0)
        {
            text.Write(buffer, 0, read);
            if (isWhole(Encoding.UTF8.GetString(text.ToArray())))
            {
                break;
            }
        }

        return text.ToArray();
    }

    private static bool IsWhole(string request)
    {
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = request.Split("Content-Length: ") is [_, var rest, ..] ? int.Parse(rest.Split('\r')[0]) : 0;
        return head >= 0 && request.Length - head - 4 >= length;
    }
}
