using System.Globalization;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.SystemCalls;

/// <summary><c>strace</c>, the program that stops another one at its system calls, and can change what they come to.</summary>
internal static class StraceProgram
{
    private const int MostOutput = 64 << 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly string SystemFolders = $"{Path.PathSeparator}/usr/bin{Path.PathSeparator}/usr/local/bin";

    /// <summary>Where it is; null where it is not installed.</summary>
    public static string? File => ExecutableSearch.Find("strace", Environment.GetEnvironmentVariable("PATH") + SystemFolders);

    /// <summary>
    /// Lets it judge its options: whether it knows these calls and errors. It reads them before it says its version, and touches nothing.
    /// </summary>
    /// <returns>What is wrong, in one line; null for nothing.</returns>
    public static async Task<string?> JudgeAsync(
        string file, IReadOnlyList<string> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new ProcessStartOptions
        {
            FileName = file,
            Arguments = [.. options, "-V"],
            WorkingDirectory = "/",
            Environment = SelfEnvironment.Of(),
            StandardError = ChildOutput.Capture(MostOutput),
        };
        if (!ChildProcess.TryStart(start, out var child, out var failure))
        {
            return $"strace could not be started: {failure.Message}";
        }

        await using (child)
        {
            using var limit = new CancellationTokenSource(Patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                var output = await child.ReadOutputAsync(time, both.Token);
                return output.Status.IsSuccess ? null : Complaint(output.StandardError.Text()) ?? $"strace {output.Status.AsVerb()}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return string.Create(CultureInfo.InvariantCulture, $"strace gives no answer within {Patience.TotalSeconds} s");
            }
        }
    }

    /// <summary>The first line of what it complains of, without its own name and path; null for none.</summary>
    public static string? Complaint(string said)
    {
        const string Name = "strace: ";
        var line = said.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim();
        return line?.IndexOf(Name, StringComparison.Ordinal) is { } at and >= 0 ? line[(at + Name.Length)..] : line;
    }
}
