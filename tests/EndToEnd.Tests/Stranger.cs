using System.Net;
using System.Net.Sockets;

namespace EndToEnd.Tests;

/// <summary>
/// A program that has nothing to do with the system under test and listens on one of its ports: the process of the tests.
/// </summary>
internal sealed class Stranger : IAsyncDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly TcpListener listener;
    private readonly Task serving;

    /// <summary>Takes a port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="answers">Whether it answers every request with 200, or takes connections and says nothing.</param>
    public Stranger(int port, bool answers)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        serving = ServeAsync(answers);
    }

    public static string Named => $"process {Environment.ProcessId} (";

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await serving;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task ServeAsync(bool answers)
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(closing.Token);
                if (answers && await client.GetStream().ReadAsync(buffer, closing.Token) > 0)
                {
                    await client
                        .GetStream()
                        .WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), closing.Token);
                }
                else if (!answers)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing.Token);
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException)
        {
            // The test is over, or the client has gone.
        }
    }
}
