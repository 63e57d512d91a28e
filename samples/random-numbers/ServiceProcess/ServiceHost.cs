using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RandomNumbers.ServiceProcess;

/// <summary>
/// Runs a service in this process: bind, PID file, one line that says where it listens, serve until SIGTERM or SIGINT, clean up.
/// </summary>
internal static class ServiceHost
{
    /// <summary>The largest request body that is read, in bytes; more is answered 413.</summary>
    private const int LargestBody = 64 * 1024;

    /// <summary>The most connections at the same time; one more is closed. Each holds memory, whatever its client does with it.</summary>
    private const int MostConnections = 4096;

    /// <summary>
    /// How long a client may take for the head of a request: the head that arrives byte by byte holds a connection no longer.
    /// </summary>
    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long answers in flight are waited for when the service is told to stop.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(5);

    /// <summary>How long what telemetry still has to say is waited for after that.</summary>
    private static readonly TimeSpan LastWordsPatience = TimeSpan.FromSeconds(2);

    /// <summary>Serves until the process is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IService service)
    {
        var detached = Environment.GetEnvironmentVariable(DetachedStart.Mark) is not null;
        if (detached)
        {
            Environment.SetEnvironmentVariable(DetachedStart.Mark, null);
            _ = LibC.SetSession();
        }

        var application = Build(service);
        try
        {
            return await RunAsync(service, application, detached);
        }
        finally
        {
            await CloseAsync(application, LastWordsPatience);
        }
    }

    /// <summary>
    /// Disposes of the application. Telemetry sends what is left then, and blocks for ten seconds where its receiver hangs: nobody waits
    /// for that to start the service again.
    /// </summary>
    internal static async Task CloseAsync(IAsyncDisposable application, TimeSpan patience)
    {
        try
        {
            await Task.Run(async () => await application.DisposeAsync()).WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            // What is left is lost with the process.
        }
    }

    private static async Task<int> RunAsync(IService service, WebApplication application, bool detached)
    {
        if (await BindAsync(application, service.Port) is { } refusal)
        {
            return Fail(service, refusal);
        }

        var port = new Uri(application.Urls.First()).Port;
        service.Bound(port);
        if (PidFile.Claim(Environment.CurrentDirectory, service.Name, out var problem) is not { } pidFile)
        {
            return Fail(service, problem!);
        }

        try
        {
            Announce($"{service.Name} listens on http://localhost:{port}\n");
            if (detached)
            {
                Descriptors.SilenceStandardStreams();
            }

            await application.WaitForShutdownAsync();
            return ExitCode.Success;
        }
        finally
        {
            pidFile.Release();
        }
    }

    /// <summary>
    /// Console.Out would keep a duplicate of standard output open for good, also after <see cref="Descriptors.SilenceStandardStreams"/>.
    /// </summary>
    private static void Announce(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line));
    }

    private static WebApplication Build(IService service)
    {
        // The working directory is the user's: no settings file lying there by chance may change the service.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        service.Register(builder.Services);
        if (Telemetry.IsWanted)
        {
            Telemetry.Add(builder.Services, service.Name);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadPatience;
            Listen(kestrel, service.Port);
        });
        var application = builder.Build();
        application.Run(context => context.Request.Path == "/health" ? Health.AnswerAsync(context) : service.HandleAsync(context));
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
        {
            // One free port for both 127.0.0.1 and ::1 cannot be asked of the system.
            kestrel.Listen(IPAddress.Loopback, port);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }

    /// <summary>Starts to listen; what stopped it, in one line, or null.</summary>
    private static async Task<string?> BindAsync(WebApplication application, int port)
    {
        try
        {
            await application.StartAsync();
            return null;
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            return $"port {port} is taken by another process";
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            return $"cannot listen on port {port}: {error.Message}";
        }
        catch (ArgumentException error) when (Telemetry.IsWanted)
        {
            return $"what the variables OTEL_… say cannot be done: {error.Message}";
        }
    }

    private static int Fail(IService service, string problem)
    {
        Console.Error.WriteLine($"{service.Name} cannot start: {problem}");
        return ExitCode.Failure;
    }
}
