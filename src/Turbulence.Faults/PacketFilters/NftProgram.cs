using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.PacketFilters;

/// <summary>
/// <c>nft</c>, the program that tells Linux's packet filter (nftables) what to do. Each call is one transaction: all of it holds, or
/// nothing.
/// </summary>
internal static class NftProgram
{
    private const int MostOutput = 1 << 20;

    // It answers within milliseconds, but for a filter that somebody else holds; and a look at a fault has ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    // Ordinary users do not have the folders of the system's programs in their PATH, and some services have none at all.
    private static readonly string SystemFolders = $"{Path.PathSeparator}/usr/sbin{Path.PathSeparator}/sbin";

    /// <summary>Where it is; null where it is not installed.</summary>
    public static string? File => ExecutableSearch.Find("nft", Environment.GetEnvironmentVariable("PATH") + SystemFolders);

    /// <summary>Lets the system judge commands, the right to give them included. Nothing is changed.</summary>
    public static Task<NftAnswer> JudgeAsync(IEnumerable<string> commands, TimeProvider time, CancellationToken cancellationToken) =>
        CallAsync(["--check", string.Join("; ", commands)], null, time, cancellationToken);

    /// <summary>Carries commands out that may go on when this process is no more.</summary>
    public static Task<NftAnswer> CallAsync(string command, TimeProvider time, CancellationToken cancellationToken) =>
        CallAsync([command], null, time, cancellationToken);

    /// <summary>Carries commands out for a fault: who takes that back, and finds the call still under way, ends it.</summary>
    public static Task<NftAnswer> CallAsync(
        IEnumerable<string> commands, FaultRecord fault, TimeProvider time, CancellationToken cancellationToken) =>
        CallAsync([string.Join("; ", commands)], fault.Id, time, cancellationToken);

    private static async Task<NftAnswer> CallAsync(
        IReadOnlyList<string> arguments, string? fault, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!TryStart(arguments, fault, out var child, out var problem))
        {
            return new NftAnswer("", problem);
        }

        await using (child)
        {
            using var limit = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            ProcessOutput output;
            try
            {
                output = await child.ReadOutputAsync(time, both.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new NftAnswer(
                    "", string.Create(CultureInfo.InvariantCulture, $"nft gives no answer within {Patience.TotalSeconds} s"));
            }

            var failure = output.Status.IsSuccess ? null : output.StandardError
                .Text()
                .Split('\n')
                .FirstOrDefault(line => line.Trim().Length > 0)?.Trim() ?? $"it {output.Status.AsVerb()}";
            return new NftAnswer(output.StandardOutput.Text(), failure is null
                ? output.StandardOutput.Truncated ? "it printed too much" : null
                : $"nft: {failure}");
        }
    }

    private static bool TryStart(
        IReadOnlyList<string> arguments,
        string? fault,
        [NotNullWhen(true)] out ChildProcess? child,
        [NotNullWhen(false)] out string? problem)
    {
        child = null;
        problem = "nft is not installed";
        if (File is not { } file)
        {
            return false;
        }

        var options = new ProcessStartOptions
        {
            FileName = file,
            Arguments = arguments,
            WorkingDirectory = "/",
            NameBeforeExec = fault is null ? null : FaultMark.NameBeforeExec(fault),
            Environment = fault is null ? SelfEnvironment.Of() : FaultMark.Environment(fault),
            StandardOutput = ChildOutput.Capture(MostOutput),
            StandardError = ChildOutput.Capture(MostOutput),
        };
        if (ChildProcess.TryStart(options, out child, out var failure))
        {
            problem = null;
            return true;
        }

        problem = $"nft could not be started: {failure.Message}";
        return false;
    }
}
