using System.Diagnostics.CodeAnalysis;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Brings programs back whose processes were ended, and sees whether they are back. Whoever brought one back — a supervisor, a rollback, a
/// person — is recognised by the ports, or by a process that has its very command line and did not run before; then nothing is started. A
/// supervisor's new child that is only like it counts when the supervisor's time is over: it may have started something else first.
/// </summary>
/// <param name="images">The programs, as they were.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgramReturn(IReadOnlyList<ProgramImage> images, TimeProvider time)
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long one without a port and a URL has to live before it counts as back, and how long what a program left behind may take to
    /// show.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    /// <summary>Starts what is not back by itself, and waits until each is ready as before.</summary>
    /// <param name="wait">How long they may take.</param>
    /// <param name="supervised">How long to leave it to a supervisor that still runs.</param>
    /// <param name="cancellationToken">Ends the waiting; what was started stays.</param>
    public async Task<StepResult> BringBackAsync(TimeSpan wait, TimeSpan supervised, CancellationToken cancellationToken)
    {
        if (images.Any(image => image.Supervisor is not null))
        {
            await Until.TrueAsync(supervised, time, cancellationToken, () => Present(isEarly: true) is var by
                && !images.Any(image => !by.ContainsKey(image) && image.Supervisor?.Process.IsAlive == true));
        }

        await Until.TrueAsync(Settling, time, cancellationToken, () => !images.Any(IsHeldByNobody));
        var present = Present();
        List<(ProgramImage Image, ChildProcess? Child)> programs = [];
        foreach (var image in images)
        {
            ChildProcess? child = null;
            if (!present.ContainsKey(image) && !TryStart(image, out child, out var failure))
            {
                return StepResult.Failed($"{image.Text} could not be started again: {failure.Message}");
            }

            programs.Add((image, child));
        }

        if (programs.Exists(program => program.Child is not null && program.Image is { Ports.Count: 0, Ready: null }))
        {
            await Task.Delay(Settling, time, cancellationToken);
        }

        var begun = time.GetTimestamp();
        foreach (var (image, child) in programs)
        {
            if (await WaitAsync(image, child, () => time.GetElapsedTime(begun) < wait, cancellationToken) is { } problem)
            {
                return StepResult.Failed(problem);
            }
        }

        return StepResult.Done;
    }

    /// <summary>Sees whether each is there and ready as before.</summary>
    public async Task<Evidence> LookAsync(CancellationToken cancellationToken)
    {
        var present = Present();
        List<string> seen = [];
        foreach (var image in images)
        {
            if (!present.TryGetValue(image, out var process))
            {
                return new Evidence(false, $"{image.Text} is gone, and nothing is there in its place");
            }

            if (await LackAsync(image, cancellationToken) is { } lack)
            {
                return new Evidence(false, $"{image.Text}: {lack}");
            }

            var where = image.Ports.Count == 0 ? "runs" : $"listens on {PortText(image.Ports)}";
            seen.Add(process == image.Process ? $"{image.Text} {where}" : $"{image.Text} is back as process {process.Id} and {where}");
        }

        return new Evidence(true, string.Join("; ", seen));
    }

    public static string PortText(IReadOnlyList<int> ports) => (ports.Count == 1 ? "port " : "ports ") + string.Join(", ", ports);

    /// <summary>Which process stands for which program now. No process stands for two.</summary>
    private Dictionary<ProgramImage, ProcessIdentity> Present(bool isEarly = false)
    {
        Dictionary<ProgramImage, ProcessIdentity> present = new(ReferenceEqualityComparer.Instance);
        foreach (var image in images)
        {
            if (image.Process.IsAlive)
            {
                present[image] = image.Process;
            }
            else if (ProgramCapture.Alike(image.CommandLine).Select(process => process.Identity)
                .FirstOrDefault(process => !image.Twins.Contains(process)
                    && !present.ContainsValue(process)
                    && !IsOfAnotherRun(image, process)) is { Id: > 0 } successor)
            {
                present[image] = successor;
            }
            else if (!isEarly && image.Supervisor?.Successor(image.CommandLine, process => !present.ContainsValue(process)) is { } child)
            {
                present[image] = child;
            }
            else if (Holder(image) is { } holder)
            {
                present[image] = holder;
            }
        }

        return present;
    }

    // Two runs may start the same program at the same time: what comes from the other is the other's.
    private static bool IsOfAnotherRun(ProgramImage image, ProcessIdentity process) =>
        image.Run is { } ours
            && ProcessTable.SettledEnvironment(process.Id)?.GetValueOrDefault(RunEnvironment.MarkVariable) is { } theirs
            && theirs != ours;

    /// <summary>
    /// Who listens on all of its ports and did not before; nobody's identity where the listener is not ours to look into.
    /// </summary>
    private static ProcessIdentity? Holder(ProgramImage image)
    {
        if (image.Ports.Count == 0 || !image.Ports.All(ListeningProcess.IsListening))
        {
            return null;
        }

        ProcessIdentity[] holders = [.. ListeningProcess.Find(image.Ports[0]).Select(process => process.Identity)];
        return holders.Length == 0 ? default(ProcessIdentity)
            : holders.Where(holder => !image.Sharers.Contains(holder)).Cast<ProcessIdentity?>().FirstOrDefault();
    }

    /// <summary>A socket that belongs to no process that we can see may be a dying one's last, so its end is waited for a moment.</summary>
    private static bool IsHeldByNobody(ProgramImage image) => !image.Process.IsAlive && Holder(image) == default(ProcessIdentity);

    private async Task<string?> LackAsync(ProgramImage image, CancellationToken cancellationToken) =>
        image.Ports.Where(port => !ListeningProcess.IsListening(port)).ToList() is { Count: > 0 } missing
            ? $"nobody listens on {PortText(missing)}"
            : image.Ready is { } url && await ReadyUrl.AskAsync(url, time, cancellationToken) is { } answer ? $"{url} {answer}" : null;

    private async Task<string?> WaitAsync(ProgramImage image, ChildProcess? child, Func<bool> mayWait, CancellationToken cancellationToken)
    {
        var hasEnded = false;
        while (true)
        {
            var isPresent = Present().ContainsKey(image);
            var lack = isPresent ? await LackAsync(image, cancellationToken) : "no process is there in its place";
            if (lack is null)
            {
                return null;
            }

            if (hasEnded && !isPresent)
            {
                return $"{image.Text} was started again and {(await child!.Exited).AsVerb()}";
            }

            if (!mayWait())
            {
                return $"{image.Text} is not ready again: {lack}";
            }

            // One that ended may have left its real process behind, as daemons do.
            hasEnded = child?.Exited.IsCompleted == true;
            await Task.Delay(hasEnded && !isPresent ? Settling : Gap, time, cancellationToken);
        }
    }

    private static bool TryStart(
        ProgramImage image,
        out ChildProcess? child,
        [NotNullWhen(false)] out ProcessStartFailure? failure)
    {
        if (image.File is not { } file)
        {
            child = null;
            failure = new ProcessStartFailure(0, "the plan said that it cannot be");
            return false;
        }

        return ChildProcess.TryStart(
            new ProcessStartOptions
            {
                FileName = file,
                ProgramName = image.CommandLine[0],
                Arguments = [.. image.CommandLine.Skip(1)],
                WorkingDirectory = image.Directory,
                EnvironmentEntries = image.Environment,
                StandardOutput = Output(image.Output),
                StandardError = Output(image.Error),
            },
            out child,
            out failure);
    }

    /// <summary>
    /// The folder may have gone meanwhile, or somebody may have put a link in the file's place, which is not followed; a program is not
    /// kept away for its log.
    /// </summary>
    private static ChildOutput Output(string? file) =>
        file is not null && Directory.Exists(Path.GetDirectoryName(file)) && (FileStatus.Read(file) is null or { Type: FileNodeType.File })
            ? ChildOutput.AppendTo(file, followLink: false)
            : ChildOutput.Null;
}
