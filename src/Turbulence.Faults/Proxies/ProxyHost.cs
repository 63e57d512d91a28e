using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Faults.Proxies;

/// <summary>
/// Starts <c>chaos proxy serve</c> for the proxies of a run, as a process of its own that has the run's mark: whoever ends the services of
/// a dead run ends it as well. Its token is made for it, reaches it through its standard input as the secrets do that it is not to write,
/// and stands in no file but the record of a fault that is in it, on no command line and in no environment.
/// </summary>
/// <param name="program">The command line that starts <c>chaos</c>; empty where there is none.</param>
/// <param name="time">The clock.</param>
public sealed class ProxyHost(IReadOnlyList<string> program, TimeProvider time) : IProxyHost
{
    private const string NoProgram =
        "there is no program 'chaos' that could serve them: $TURBULENCE_CHAOS names none, none is beside this program, and none is on PATH";

    private const string Greeting = "Listening on ";
    private const string Settings = "proxies.runtimeconfig.json";
    private const int TokenBytes = 32;
    private const int MostReceipts = 16 << 20;
    private const int MostComplaints = 4 * 1024;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task<(IProxyProcess? Process, string? Problem)> StartAsync(
        IReadOnlyList<ServiceProxy> proxies,
        long seed,
        ReceiptOrder? receipts,
        RunEnvironment environment,
        CancellationToken cancellationToken)
    {
        if (program.Count == 0)
        {
            return (null, NoProgram);
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var input = ChildInput.Bytes(Encoding.UTF8.GetBytes($"{token}\n{Secrets(receipts)}\n"));
        var (process, api, problem) = await ServeAsync(
            Options(["--token-file", "-", .. Receipts(receipts)], seed, input, environment), cancellationToken);
        if (process is null)
        {
            return (null, problem);
        }

        ServedProxies? served = null;
        try
        {
            var listening = new ServedProxies(process, api!, token, time);
            problem = await listening.MakeAsync(proxies, cancellationToken);
            served = problem is null ? listening : null;
            return (served, problem);
        }
        finally
        {
            if (served is null)
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>Starts a process for proxies that are asked for later. It ends with this one, however that ends.</summary>
    /// <param name="seed">What their decisions by chance come from.</param>
    /// <param name="cancellationToken">Ends the start; nothing of it is left then.</param>
    /// <returns>The process, whose API answers, or why there is none, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(LentProxies? Process, string? Problem)> LendAsync(long seed, CancellationToken cancellationToken)
    {
        if (program.Count == 0)
        {
            return (null, NoProgram);
        }

        // The process makes it, and removes it at its end, which is after ours where we are killed.
        var token = new FileInfo(Path.Combine(Path.GetTempPath(), $"turbulence-{Guid.NewGuid():n}.token"));
        var (process, api, problem) = await ServeAsync(
            Options(["--make-token-file", token.FullName, "--until-input-ends"], seed, ChildInput.Stream, new RunEnvironment()),
            cancellationToken);
        return process is null ? (null, problem) : (new LentProxies(process, api!, token, time), null);
    }

    private async Task<(ChildProcess? Process, Uri? Api, string? Problem)> ServeAsync(
        ProcessStartOptions options, CancellationToken cancellationToken)
    {
        if (!ChildProcess.TryStart(options, out var process, out var failure))
        {
            return (null, null, failure.Message);
        }

        Uri? api = null;
        try
        {
            (api, var problem) = await ListensAsync(process, cancellationToken);
            return api is null ? (null, null, problem) : (process, api, null);
        }
        finally
        {
            if (api is null)
            {
                await process.DisposeAsync();
            }
        }
    }

    // In the package of the library it is set to start where ASP.NET Core is not installed, which a guardian does not need and proxies do.
    private IReadOnlyList<string> Command =>
        program is [var host, var assembly]
            && Path.ChangeExtension(assembly, Settings) is var settings
            && assembly.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            && File.Exists(settings)
            ? [host, "exec", "--runtimeconfig", settings, assembly]
            : program;

    private ProcessStartOptions Options(string[] arguments, long seed, ChildInput input, RunEnvironment environment)
    {
        var variables = SelfEnvironment.Of();
        if (environment.Mark is { } mark)
        {
            variables[RunEnvironment.MarkVariable] = mark;
        }

        return new ProcessStartOptions
        {
            FileName = Command[0],
            Arguments = [.. Command.Skip(1), "proxy", "serve", "--host", "127.0.0.1", "--port", "0", "--seed", seed.ToString(
                CultureInfo.InvariantCulture), .. arguments],
            WorkingDirectory = Path.GetPathRoot(Environment.CurrentDirectory),
            Environment = variables,
            NameBeforeExec = environment.NameBeforeExec,
            StandardInput = input,
            StandardOutput = ChildOutput.Stream,
            StandardError = ChildOutput.Capture(MostComplaints),
        };
    }

    private static string[] Receipts(ReceiptOrder? receipts) => receipts is null
        ? []
        : ["--decisions", receipts.Path, "--decisions-limit", MostReceipts.ToString(CultureInfo.InvariantCulture), "--decisions-mask", "-"];

    private static string Secrets(ReceiptOrder? receipts) =>
        new JsonArray([.. (receipts?.Secrets ?? []).Select(secret => JsonValue.Create(secret))]).ToJsonString();

    // Its first line comes when its API answers.
    private async Task<(Uri? Api, string? Problem)> ListensAsync(ChildProcess process, CancellationToken cancellationToken)
    {
        try
        {
            using var lines = new StreamReader(process.StandardOutput, Encoding.UTF8, leaveOpen: true);
            var first = await lines.ReadLineAsync(cancellationToken).AsTask().WaitAsync(StartPatience, time, cancellationToken);
            if (first?.StartsWith(Greeting, StringComparison.Ordinal) is true
                && Uri.TryCreate(first[Greeting.Length..], UriKind.Absolute, out var api))
            {
                return (api, null);
            }

            process.SignalGroup(PosixSignalNumber.Kill);
            var output = await process.ReadOutputAsync(time, cancellationToken);
            var said = Encoding.UTF8
                .GetString(output.StandardError.Bytes.Span)
                .Split('\n')
                .LastOrDefault(static line => !string.IsNullOrWhiteSpace(line))?.Trim();
            return (null, $"'{Line}' did not begin to serve{(first is null ? $" and {output.Status.AsVerb()}" : "")}{(said is null ? "; is it the program 'chaos'?" : $": {said}")}");
        }
        catch (TimeoutException)
        {
            return (null, string.Create(
                CultureInfo.InvariantCulture, $"'{Line}' did not begin to serve within {StartPatience.TotalSeconds} s"));
        }
    }

    private string Line => $"{string.Join(' ', program)} proxy serve";
}
