using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Turbulence.Resident.Http;

/// <summary>
/// A server on the loopback address that gives every request the same answer, on one thread of its own. It reads each request to its end,
/// so that nobody's writing is broken off, and closes the connection.
/// </summary>
internal sealed class AnswerServer : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] answer;
    private readonly Dictionary<Socket, AskedRequest> clients = [];
    private volatile bool isOver;

    public AnswerServer(int status, string body, string? type)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Type: {type ?? "text/plain; charset=utf-8"}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n");
        answer = [.. Encoding.ASCII.GetBytes(head), .. bytes];
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
    }

    public Uri Address { get; }

    public void Begin() => new Thread(Live, 256 << 10) { IsBackground = true, Name = "turbulence answers" }.Start();

    public void Dispose() => isOver = true;

    private void Live()
    {
        try
        {
            while (!isOver)
            {
                List<Socket> ready = [listener, .. clients.Keys];
                Socket.Select(ready, null, null, Pause);
                foreach (var socket in ready)
                {
                    Serve(socket);
                }
            }
        }
        catch (SocketException failure)
        {
            Debug.WriteLine(failure);
        }
        finally
        {
            foreach (var client in clients.Keys)
            {
                client.Dispose();
            }

            listener.Dispose();
        }
    }

    private void Serve(Socket socket)
    {
        if (socket == listener)
        {
            clients.Add(listener.Accept(), new AskedRequest());
            return;
        }

        try
        {
            if (clients[socket].Read(socket) is { } isWhole)
            {
                if (!isWhole)
                {
                    return;
                }

                socket.SendTimeout = (int)Pause.TotalMilliseconds;
                socket.Send(answer);
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException)
        {
            // It has gone.
        }

        clients.Remove(socket);
        socket.Dispose();
    }
}
