using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Turbulence.Tests.Activities.Http;

/// <summary>A server on a free loopback port that does with each connection exactly what a test says.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentBag<Task> serving = [];
    private readonly Func<RawConnection, Task> serve;
    private readonly X509Certificate2? certificate;
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task accepting;
    private int connections;

    public RawServer(Func<RawConnection, Task> serve, X509Certificate2? certificate = null)
    {
        this.serve = serve;
        this.certificate = certificate;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public string Url => $"{(certificate is null ? "http" : "https")}://127.0.0.1:{Port}";

    /// <summary>How many connections were made.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Each request as it came, byte by byte in ISO 8859-1.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The only request there was.</summary>
    public string Request => Assert.Single(Requests);

    public string RequestBody => Request[(Request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    /// <summary>A server that gives each request the next answer, the last one again and again, over kept connections.</summary>
    public static RawServer Answering(params string[] answers) => Answering(null, answers);

    public static RawServer Answering(X509Certificate2? certificate, params string[] answers)
    {
        var next = -1;
        return new RawServer(
            async connection =>
            {
                while (await connection.ReadRequestAsync() is not null)
                {
                    await connection.WriteAsync(answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
                }
            },
            certificate);
    }

    /// <summary>An answer with its length.</summary>
    public static string Ok(string body = "ok", params string[] headers) => Answer("200 OK", body, headers);

    public static string Answer(string status, string body = "", params string[] headers) =>
        $"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(serving);
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await listener.AcceptAsync(closing.Token);
                Interlocked.Increment(ref connections);
                serving.Add(ServeAsync(socket));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (certificate is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate }, closing.Token);
            }

            await serve(new RawConnection(this, socket, stream, closing.Token));
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The other side is gone, or the test is over.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }
}
