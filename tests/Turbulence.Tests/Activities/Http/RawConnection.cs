using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Tests.Activities.Http;

/// <summary>The server's end of one connection.</summary>
internal sealed class RawConnection(RawServer server, Socket socket, Stream stream, CancellationToken closing)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private string pending = "";

    /// <summary>Ends with the test.</summary>
    public CancellationToken Closing => closing;

    /// <summary>The next request, noted with the server; null when the client closed.</summary>
    public async Task<string?> ReadRequestAsync()
    {
        while (true)
        {
            var end = pending.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && pending.Length >= end + 4 + BodyLength(pending[..end]))
            {
                var whole = end + 4 + BodyLength(pending[..end]);
                var request = pending[..whole];
                pending = pending[whole..];
                server.Requests.Enqueue(request);
                return request;
            }

            var count = await stream.ReadAsync(buffer, closing);
            if (count == 0)
            {
                return null;
            }

            pending += Encoding.Latin1.GetString(buffer, 0, count);
        }
    }

    public async Task WriteAsync(string latin) => await WriteAsync(Encoding.Latin1.GetBytes(latin));

    public async Task WriteAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, closing);
        await stream.FlushAsync(closing);
    }

    /// <summary>Says nothing until the test is over.</summary>
    public Task StallAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, closing);

    /// <summary>Returns when the client closed.</summary>
    public async Task WaitForCloseAsync()
    {
        try
        {
            while (await stream.ReadAsync(buffer, closing) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset closes too.
        }
    }

    /// <summary>Becomes a tunnel to another loopback port, as a proxy does.</summary>
    public async Task TunnelAsync(int port)
    {
        using var target = new TcpClient();
        await target.ConnectAsync(System.Net.IPAddress.Loopback, port, closing);
        await WriteAsync("HTTP/1.1 200 Go on\r\n\r\n");
        await Task.WhenAny(stream.CopyToAsync(target.GetStream(), closing), target.GetStream().CopyToAsync(stream, closing));
    }

    /// <summary>Closes with a reset instead of a farewell.</summary>
    public void Reset() => socket.Close(0);

    private static int BodyLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }
}
