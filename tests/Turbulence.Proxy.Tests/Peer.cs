using System.Net;
using System.Net.Sockets;

namespace Turbulence.Proxy.Tests;

/// <summary>One end of a real connection, with its calls short.</summary>
internal sealed class Peer(Socket socket) : IDisposable
{
    public Socket Socket { get; } = socket;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<Peer> ConnectAsync(string address)
    {
        EndPoint target = address.StartsWith("unix:", StringComparison.Ordinal)
            ? new UnixDomainSocketEndPoint(address[5..])
            : IPEndPoint.Parse(address);
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(target, Stop);
        return new Peer(socket);
    }

    /// <summary>
    /// Connects, reads until the end and says how it came; a reset can come so soon that the connection itself fails with it.
    /// </summary>
    public static async Task<string> FateOfConnectingAsync(string address)
    {
        try
        {
            using var peer = await ConnectAsync(address);
            return await peer.ReadFateAsync();
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode.ToString();
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await Socket.SendAsync(bytes, Stop)..];
        }
    }

    public Task SendAsync(string text) => SendAsync(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Says that nothing more comes.</summary>
    public void End() => Socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection off.</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    /// <summary>Reads so many bytes, or until the end.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        var read = 0;
        while (read < count && await Socket.ReceiveAsync(bytes.AsMemory(read), Stop) is > 0 and var more)
        {
            read += more;
        }

        return bytes[..read];
    }

    public async Task<string> ReadTextAsync(int count) => System.Text.Encoding.UTF8.GetString(await ReadAsync(count));

    /// <summary>Waits until so many bytes are there to read, and sees that there are no more.</summary>
    public async Task HasAsync(int count)
    {
        await Eventually.HoldsAsync(() => Socket.Available >= count);
        Assert.Equal(count, Socket.Available);
    }

    /// <summary>Reads until the end and says how it came: <c>end</c>, or the error.</summary>
    public async Task<string> ReadFateAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (await Socket.ReceiveAsync(buffer.AsMemory(), Stop) > 0)
            {
            }

            return "end";
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode.ToString();
        }
    }

    public void Dispose() => Socket.Dispose();
}
