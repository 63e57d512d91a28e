using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Turbulence.Load.Tests.Handlers;

/// <summary>A server over TLS, with a certificate that nobody trusts, or without; of HTTP/1.1 and HTTP/2.</summary>
internal sealed class SecureServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly X509Certificate2? certificate;

    private SecureServer(WebApplication application, X509Certificate2? certificate) =>
        (this.application, this.certificate) = (application, certificate);

    /// <summary>The certificate as a PEM file has it.</summary>
    public string Certificate => certificate!.ExportCertificatePem();

    public Uri Url { get; private set; } = null!;

    public ConcurrentQueue<string> Traces { get; } = new();

    public ConcurrentDictionary<string, int> Protocols { get; } = new();

    public ConcurrentDictionary<string, int> Connections { get; } = new();

    public static async Task<SecureServer> StartAsync(
        Func<HttpContext, Task> answer, HttpProtocols protocols = HttpProtocols.Http1AndHttp2, bool isSecure = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var certificate = isSecure
            ? request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero))
            : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        var kestrel = builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        kestrel.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var application = builder.Build();
        var server = new SecureServer(application, certificate);
        application.Run(context =>
        {
            server.Traces.Enqueue(context.Request.Headers["traceparent"].ToString());
            server.Protocols.AddOrUpdate(context.Request.Protocol, 1, static (_, count) => count + 1);
            server.Connections.AddOrUpdate(context.Connection.Id, 1, static (_, count) => count + 1);
            return answer(context);
        });
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Url = new Uri(address);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await application.StopAsync(now.Token);
        await application.DisposeAsync();
        certificate?.Dispose();
    }
}
