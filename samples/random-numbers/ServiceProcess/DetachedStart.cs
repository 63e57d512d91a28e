using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;

namespace RandomNumbers.ServiceProcess;

/// <summary>
/// <c>--daemon</c>: starts this program once more, waits until that process answers <c>/health</c>, and leaves it running.
/// <code>
/// caller ── --daemon ──▶ this process ── pipes ──▶ the service: setsid, bind, PID file,
///                             │                      "… listens on URL" ──▶ streams on /dev/null
///                             ├── GET URL/health ──▶ 200
///                             └── exit 0
/// </code>
/// The service never holds a stream of the caller's: its own are pipes to this process until it is ready, /dev/null afterwards.
/// </summary>
internal static class DetachedStart
{
    /// <summary>Tells the started process that it is the service and has to detach itself.</summary>
    public const string Mark = "RANDOM_NUMBERS_DETACHED";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Starts the service.</summary>
    /// <param name="name">The service's name, for messages.</param>
    /// <param name="arguments">The service's arguments, without <c>--daemon</c>.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string name, IReadOnlyList<string> arguments)
    {
        using var stop = new CancellationTokenSource(Patience);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Descriptors.KeepFromChildren();
        using var service = Process.Start(Itself(arguments))!;
        try
        {
            var ready = await service.StandardOutput.ReadLineAsync(stop.Token);
            var refusal = ready is null ? await service.StandardError.ReadToEndAsync(stop.Token) : await AskHealthAsync(ready, stop.Token);
            if (refusal is null)
            {
                Console.Out.WriteLine($"{ready}, process {service.Id}");
                return ExitCode.Success;
            }

            Console.Error.WriteLine(refusal.Length > 0 ? refusal.TrimEnd() : $"{name} ended before it was ready");
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"{name} was stopped: not ready within {Patience.TotalSeconds:0} s, or interrupted");
        }

        service.Kill();
        return ExitCode.Failure;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static ProcessStartInfo Itself(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process does not know its own program.");

        // `dotnet rand-server.dll …`: the program is the host, and the assembly is its first argument.
        var assembly = Environment.GetCommandLineArgs()[0];
        var hosted = Path.GetFileNameWithoutExtension(program) == "dotnet" && assembly.EndsWith(".dll", StringComparison.Ordinal);
        return new ProcessStartInfo(program, hosted ? [assembly, .. arguments] : arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Mark] = "1" },
        };
    }

    /// <summary>Asks the service that printed <paramref name="ready"/> for its health; null when it is well.</summary>
    private static async Task<string?> AskHealthAsync(string ready, CancellationToken cancellationToken)
    {
        var address = ready[(ready.LastIndexOf(' ') + 1)..];
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/health");
        try
        {
            using var response = await invoker.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK ? null : $"{address}/health answered {(int)response.StatusCode}";
        }
        catch (HttpRequestException error)
        {
            return $"{address}/health did not answer: {error.Message}";
        }
    }
}
