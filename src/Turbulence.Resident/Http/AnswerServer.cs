using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Turbulence.Resident.Threads;

namespace Turbulence.Resident.Http;

/// <summary>
/// A server on the loopback address that gives every request the same answer, on one thread of its own. It reads each request to its end,
/// so that nobody's writing is broken off, and closes the connection.
/// </summary>
internal sealed class AnswerServer : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] answer;
    private readonly Dictionary<Socket, AskedRequest> clients = [];
    private volatile bool isOver;
    private long ending;

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

    public void Begin() => GuestThread.Start("answers", Live);

    /// <summary>Nobody is sent here any more. Who was sent still gets his answer, if he takes it soon.</summary>
    public void End() => Interlocked.CompareExchange(ref ending, Stopwatch.GetTimestamp(), 0);

    public void Dispose() => isOver = true;

    private bool IsWanted =>
        !isOver && (Interlocked.Read(ref ending) is var since && (since == 0 || Stopwatch.GetElapsedTime(since) < Grace));

    private void Live()
    {
        try
        {
            while (IsWanted)
            {
                List<Socket> ready = [listener, .. clients.Keys];
                Socket.Select(ready, null, null, Pause);
                foreach (var socket in ready)
                {
                    Serve(socket);
                }
            }
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
        try
        {
            if (socket == listener)
            {
                clients.Add(listener.Accept(), new AskedRequest());
                return;
            }

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
        catch (Exception wrong)
        {
            // It has gone, or is no client of ours: whoever is on this machine can say anything here.
            Debug.WriteLine(wrong);
            if (socket == listener)
            {
                // Without open files it would be asked again at once.
                Thread.Sleep(Short);
                return;
            }
        }

        clients.Remove(socket);
        socket.Dispose();
    }
}
