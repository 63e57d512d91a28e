using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Turbulence.Proxy.Api.Bodies;
using Turbulence.Proxy.Api.Requests;

namespace Turbulence.Proxy.Api;

/// <summary>
/// The control API of a <see cref="ProxyServer"/> over HTTP: Toxiproxy's, so that its clients and tools work, and a little more. The
/// connections of the proxies never touch it.
/// </summary>
/// <remarks>
/// It is ASP.NET Core's server without the host around it: nothing of it is set by files of the current folder or by the environment, and
/// it takes no signals.
/// </remarks>
public sealed class ProxyApi : IAsyncDisposable
{
    private const int MostConnections = 256;

    private readonly KestrelServer kestrel;
    private readonly string host;

    private ProxyApi(KestrelServer kestrel, string host)
    {
        this.kestrel = kestrel;
        this.host = host;
    }

    /// <summary>Where it is asked: <c>http://localhost:8474</c>.</summary>
    public Uri Url
    {
        get
        {
            var port = new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses
                .First()
                .Replace("//[::]", "//localhost", StringComparison.Ordinal)).Port;
            return new UriBuilder(Uri.UriSchemeHttp, host, port).Uri;
        }
    }

    /// <summary>Starts it; it answers when this has ended.</summary>
    /// <param name="server">What it controls; it is not disposed of.</param>
    /// <param name="options">How. Default: as the options' defaults say.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    /// <exception cref="SocketException">It cannot listen there, or the host is not known.</exception>
    public static async Task<ProxyApi> StartAsync(ProxyServer server, ProxyApiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        options ??= new ProxyApiOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Port, IPEndPoint.MinPort, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, IPEndPoint.MaxPort, nameof(options));
        var address = IPAddress.TryParse(options.Host, out var literal)
            ? literal
            : (await Dns.GetHostAddressesAsync(options.Host)).MinBy(found => found.AddressFamily)!;
        var settings = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        settings.Limits.MaxRequestBodySize = ApiBody.Most;
        settings.Limits.MaxConcurrentConnections = MostConnections;
        if (options.Host == "localhost" && options.Port > 0)
        {
            settings.ListenLocalhost(options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        }
        else
        {
            settings.Listen(address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        }

        var kestrel = new KestrelServer(Options.Create(settings), new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new ApiApplication(new ApiRoutes(server, options.Version), options.Token), CancellationToken.None);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }

        return new ProxyApi(kestrel, IPAddress.Any.Equals(literal) || IPAddress.IPv6Any.Equals(literal)
            ? "localhost"
            : literal?.ToString() ?? options.Host);
    }

    /// <summary>Answers what is asked already, for five seconds at most, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await kestrel.StopAsync(patience.Token);
        kestrel.Dispose();
    }
}
