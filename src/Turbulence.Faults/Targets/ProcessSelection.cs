using System.Globalization;
using System.Text.RegularExpressions;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>
/// How a fault names processes: exactly one of <c>service</c>, <c>pid</c>, <c>pid_file</c>, <c>port</c> and <c>command</c>.
/// </summary>
internal static class ProcessSelection
{
    // PID_MAX_LIMIT, <linux/threads.h>.
    private const int LargestId = 1 << 22;

    private const int LargestPidFile = 64 << 10;

    /// <summary>The arguments, for the description of a kind.</summary>
    public static IReadOnlyList<FaultArgument> Arguments { get; } =
    [
        new("service", ArgumentType.Service, "the name of a service of the experiment"),
        new("pid", ArgumentType.Integer, "the process id") { Least = 1, Most = LargestId },
        new("pid_file", ArgumentType.Path, "a file that holds the process id, relative to the experiment's folder"),
        new("port", ArgumentType.Integer, "the TCP port of this machine that the process listens on") { Least = 1, Most = 65535 },
        new(
            "command",
            ArgumentType.Pattern,
            "what the whole command line is searched for; the runner, its guardian and what started it never match, and the plan names them"),
    ];

    /// <summary>One of them says what is hit.</summary>
    public static ArgumentGroup Group { get; } = ArgumentGroup.ExactlyOne([.. Arguments.Select(argument => argument.Name)]);

    /// <summary>Finds the processes, leaves out or refuses those that may not be hit, and refuses more than <c>max_targets</c>.</summary>
    /// <param name="arguments">They name the processes.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="sparesItself">Whether this very program may not be hit, since it could not go on to take the fault back.</param>
    public static SelectedProcesses Find(ArgumentReader arguments, FaultRequest request, bool sparesItself = true)
    {
        if (arguments.Problem is { } problem)
        {
            return SelectedProcesses.Refused(problem);
        }

        var protection = new ProcessProtection();
        var found = arguments.Text("service") is { } service ? OfService(service, request)
            : arguments.Has("pid") ? OfId((int)arguments.Integer("pid"))
            : arguments.Text("pid_file") is { } file ? OfFile(Path.GetFullPath(file, request.BaseDirectory))
            : arguments.Pattern("command") is { } pattern ? Matching(pattern, protection, request.Mask)
            : Listening((int)arguments.Integer("port"));
        return found.Problem is null ? Allow(found, request, protection, sparesItself) : found;
    }

    private static SelectedProcesses Allow(
        SelectedProcesses found, FaultRequest request, ProcessProtection protection, bool sparesItself)
    {
        var most = request.MaxTargets;
        if (found.Processes.Count > most)
        {
            var list = string.Join(", ", found.Processes.Take(5).Select(process => ProcessText.Of(process, request.Mask))) +
                (found.Processes.Count > 5 ? ", …" : "");
            return SelectedProcesses.Refused($"{found.Processes.Count} processes would be hit, and max_targets is {most}: {list}");
        }

        foreach (var process in found.Processes)
        {
            if ((sparesItself || process.Id != Environment.ProcessId) && protection.Refusal(process) is { } refusal)
            {
                return SelectedProcesses.Refused($"{ProcessText.Of(process, request.Mask)} {refusal}, and is not hit");
            }
        }

        return found;
    }

    private static SelectedProcesses OfService(string name, FaultRequest request)
    {
        var service = request.Services[name];

        // What listens is what the users talk to; what the run started may be its wrapper.
        var started = service.Process is { } identity
            && ProcessTable.Find(identity.Id) is { IsAlive: true } status
            && status.Identity == identity ? status : null;
        if (service.Port is { } port)
        {
            var listening = Listening(port, $"service '{name}' does not run: nobody listens on port {port}");
            if (listening.Problem is null || started is null)
            {
                return listening with { Ready = service.ReadyUrl };
            }
        }

        return started is null
            ? SelectedProcesses.Refused($"service '{name}' does not run")
            : new SelectedProcesses([started], service.ReadyUrl, null);
    }

    // Under /proc a thread answers to its id as well, and is no process that could be held or signalled.
    private static SelectedProcesses OfId(int id) =>
        ProcessTable.Find(id) is not { IsAlive: true } process ? SelectedProcesses.Refused($"process {id} does not run")
        : ProcessTable.StatusLine(id, "Tgid") is { } owner && owner != id.ToString(CultureInfo.InvariantCulture)
            ? SelectedProcesses.Refused($"{id} is the id of a thread of process {owner}: name the process")
        : new SelectedProcesses([process], null, null);

    private static SelectedProcesses OfFile(string path)
    {
        string text;
        try
        {
            if (FileStatus.Read(path, follow: true) is not { } status)
            {
                return SelectedProcesses.Refused($"there is no file at {path}");
            }

            if (status is not { Type: FileNodeType.File, Length: < LargestPidFile })
            {
                return SelectedProcesses.Refused(
                    $"{path} is no file with a process id: {(status.Type == FileNodeType.File ? "it is too large" : "it is not a regular file")}");
            }

            // Some write more below it: PostgreSQL its folder, its port, its state.
            text = File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return SelectedProcesses.Refused($"cannot read {path}: {failure.Message}");
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
        {
            return SelectedProcesses.Refused($"{path} does not hold a process id in its first line");
        }

        // A clock that was set since the start of the system, and whole seconds, make the two a little unlike.
        return ProcessTable.Find(id) is not { IsAlive: true } process
            ? SelectedProcesses.Refused($"{path} names process {id}, which does not run")
            : ProcessAge.StartOf(process) > File.GetLastWriteTimeUtc(path) + TimeSpan.FromSeconds(2)
                ? SelectedProcesses.Refused(
                    $"{path} names process {id}, which was started after the file was written: the file is of an earlier process")
                : new SelectedProcesses([process], null, null);
    }

    private static SelectedProcesses Listening(int port) => Listening(port, $"nobody listens on port {port}");

    private static SelectedProcesses Listening(int port, string otherwise) =>
        ListeningProcess.Find(port) is { Count: > 0 } processes ? new SelectedProcesses(processes, null, null)
        : ListeningProcess.Users(port) is [var user, ..] ? SelectedProcesses.Refused(
            $"a process of {ProcessOwner.Text(user)} listens on port {port}, and {ProcessOwner.OurRefusal}: only that user and root may look into it and signal it")
        : SelectedProcesses.Refused(otherwise);

    private static SelectedProcesses Matching(Regex pattern, ProcessProtection protection, SecretMask mask)
    {
        try
        {
            ProcessStatus[] matching =
            [
                .. ProcessTable.List().Where(process =>
                    process.IsAlive
                        && ProcessTable.CommandLine(process.Id) is { Count: > 0 } line
                        && pattern.IsMatch(string.Join(' ', line))),
            ];
            ProcessStatus[] allowed = [.. matching.Where(process => protection.Refusal(process) is null)];
            string[] spared =
                [.. matching.Where(protection.IsOurs).Select(process => $"{ProcessText.Of(process, mask)} {protection.Refusal(process)}")];
            return allowed.Length > 0
                ? new SelectedProcesses(allowed, null, null)
                {
                    Spared = spared.Length == 0 ? "" : $"; it matches as well, and is never hit: {string.Join(", ", spared)}",
                }
                : matching.Length == 0 ? SelectedProcesses.Refused($"no process's command line matches '{pattern}'")
                : SelectedProcesses.Refused(
                    $"no process that may be hit matches '{pattern}': {ProcessText.Of(matching[0], mask)} {protection.Refusal(matching[0]) ?? "has ended"}");
        }
        catch (RegexMatchTimeoutException)
        {
            return SelectedProcesses.Refused($"'{pattern}' takes too long to be searched for");
        }
    }
}
