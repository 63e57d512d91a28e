using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>A server of plain HTTP/1.1 on a free loopback port that answers each request with the bytes a test gives it.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, string?> answer;
    private readonly Task serving;

    /// <summary>Starts it.</summary>
    /// <param name="answer">Gives the whole answer for a request's path; null to never answer.</param>
    public LoopbackServer(Func<string, string?> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Netloc => $"127.0.0.1:{Port}";

    /// <summary>The heads of the requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>An answer of one body.</summary>
    public static string Answer(string body, string? contentType = "application/json", string status = "200 OK", string headers = "") =>
        $"HTTP/1.1 {status}\r\n{(contentType is null ? "" : $"Content-Type: {contentType}\r\n")}{headers}"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public static string Redirect(string location, string status = "302 Found") => Answer("", null, status, $"Location: {location}\r\n");

    public string Url(string path) => $"http://{Netloc}{path}";

    /// <summary>The value of a header of a request; null where it has none.</summary>
    public string? Header(int request, string name) => Requests.ElementAt(request).Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        // The accept is over before the listener is stopped: between two accepts a stopped one throws.
        await serving;
        listener.Stop();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                var head = new StringBuilder();
                var buffer = new byte[4096];
                while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    var count = await connection.ReceiveAsync(buffer, stop.Token);
                    if (count == 0)
                    {
                        return;
                    }

                    head.Append(Encoding.ASCII.GetString(buffer, 0, count));
                }

                Requests.Enqueue(head.ToString());
                if (answer(head.ToString().Split(' ')[1]) is { } bytes)
                {
                    await connection.SendAsync(Encoding.UTF8.GetBytes(bytes), stop.Token);
                    connection.Shutdown(SocketShutdown.Send);
                    return;
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // The client went away, or the test is over.
            }
        }
    }
}
