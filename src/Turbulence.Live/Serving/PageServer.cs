using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerOptions = Microsoft.Extensions.Options.Options;

namespace Turbulence.Live.Serving;

/// <summary>
/// Serves pages to the browsers of this machine: ASP.NET Core's server without the host around it, so that no file and no variable sets
/// anything of it, on 127.0.0.1 and nowhere else.
/// </summary>
internal sealed class PageServer : IAsyncDisposable
{
    private const int MostConnections = 64;

    private readonly KestrelServer kestrel;

    private PageServer(KestrelServer kestrel, PageAccess access)
    {
        this.kestrel = kestrel;
        Address = access.Address(new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port);
    }

    /// <summary>What is opened in a browser, with the token in it: whoever has it is let in.</summary>
    public Uri Address { get; }

    /// <summary>Starts one; it answers when this has ended.</summary>
    /// <param name="site">What is shown.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<PageServer> StartAsync(IPageSite site, int port)
    {
        var settings = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        settings.Limits.MaxRequestBodySize = 0;
        settings.Limits.MaxConcurrentConnections = MostConnections;

        // Whoever opens connections and says nothing, which takes no token, is to keep the others out no longer than that.
        settings.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        settings.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1);
        var access = new PageAccess(PageToken.New());
        var kestrel = new KestrelServer(ServerOptions.Create(settings), new SocketTransportFactory(
            ServerOptions.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new PageApplication(site, access), CancellationToken.None);
        }
        catch (SocketException failure)
        {
            // A port that is taken comes as an IOException; one that we may not have as what the socket says.
            kestrel.Dispose();
            throw new IOException(failure.Message, failure);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }

        return new PageServer(kestrel, access);
    }

    /// <summary>Ends: what is being sent has a second to arrive.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await kestrel.StopAsync(patience.Token);
        kestrel.Dispose();
    }
}
