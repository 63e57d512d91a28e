using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Turbulence.Load.Connections;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;
using Turbulence.Platform.Loops;

namespace Turbulence.Load.Driving;

/// <summary>
/// Sends a few requests to a server of its own before the first that counts: where code is compiled when it is first called, the first
/// request would leave some 20 ms late, and where the libraries of TLS and the certificates that are trusted are loaded, 200 ms. The latter
/// a native program does as well; of the former it has nothing to rehearse.
/// </summary>
internal static class Rehearsal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly Lazy<Task> Plainly = new(static () => PlayAsync());
    private static readonly Lazy<Task> Securely = new(static () => PlayAsync(isSecure: true));

    /// <summary>Rehearses, once in a process.</summary>
    /// <param name="isSecure">Whether over the framework's client.</param>
    public static Task RunAsync(bool isSecure) =>
        isSecure ? Securely.Value : JitInfo.GetCompiledMethodCount() == 0 ? Task.CompletedTask : Plainly.Value;

    /// <summary>Sends them.</summary>
    /// <param name="isSecure">Whether over TLS, by the framework's client.</param>
    /// <returns>What became of them; null where there could be no server.</returns>
    internal static async Task<LoadResult?> PlayAsync(bool isSecure = false)
    {
        try
        {
            using var certificate = isSecure ? Certificate() : null;
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var request = new LoadRequest(new Uri($"{(isSecure ? "https" : "http")}://{listener.LocalEndpoint}/"));
            var plan = new LoadPlan([request], LoadSchedule.Constant(100, TimeSpan.FromMilliseconds(45)))
            {
                Timeout = Patience,
                Transport = new LoadTransport(VerifiesServers: false),
                Classes = [new AnswerClass("a", new AnswerPattern("a")), new AnswerClass("b", new AnswerPattern("b"))],
            };
            var origin = new LoadOrigin(IPAddress.Loopback.ToString(), ((IPEndPoint)listener.LocalEndpoint).Port);
            await origin.ResolveAsync(CancellationToken.None);
            await using var loop = new SocketLoop("rehearsal", TimeProvider.System);
            loop.Start();
            var names = new OutcomeNames(["a", "b"]);
            var tally = new LoadTally(names, 1);
            var requests = (RequestBytes[])[new RequestBytes(plan.Requests[0])];
            var driver = new LoadDriver(plan, requests, [origin], loop, tally, new LossReasons(names));
            var answering = AnswerAsync(listener, certificate);
            await loop.RunAsync(driver.Start);
            await driver.Done;
            await loop.RunAsync(driver.CloseAll);
            listener.Stop();
            await answering;
            return tally.Result(driver.Intended, TimeSpan.Zero, null);
        }
        catch (Exception failure) when (failure is IOException or SocketException or CryptographicException)
        {
            // Then the first request is late, and the figures say so.
            return null;
        }
    }

    private static async Task AnswerAsync(TcpListener listener, X509Certificate2? certificate)
    {
        List<Task> talks = [];
        try
        {
            // One that is not answered in time makes the next one open another connection.
            while (true)
            {
                talks.Add(TalkAsync(await listener.AcceptSocketAsync(), certificate));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(talks);
        }
    }

    private static async Task TalkAsync(Socket client, X509Certificate2? certificate)
    {
        try
        {
            await using var bare = new NetworkStream(client, ownsSocket: true);
            await using var secure = certificate is null ? null : new SslStream(bare);
            if (secure is not null)
            {
                await secure.AuthenticateAsServerAsync(certificate!);
            }

            var stream = (Stream?)secure ?? bare;
            var memory = new byte[1024];
            while (await stream.ReadAsync(memory) > 0)
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb"u8.ToArray());
            }
        }
        catch (Exception end) when (end is IOException or AuthenticationException)
        {
            // The rehearsal is over.
        }
    }

    // Nobody looks at it.
    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=rehearsal", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }
}
