using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>Reads from a running process what it takes to start its program again.</summary>
internal static class ProgramCapture
{
    private const string Deleted = " (deleted)";
    private const string PathVariable = "PATH=";

    /// <summary>Reads it.</summary>
    /// <param name="process">The process.</param>
    /// <param name="ready">The URL that says when it is ready; null where there is none.</param>
    /// <param name="mask">Takes the secrets out of its text.</param>
    /// <param name="problem">Why its program could not be started again as it was, in words that follow its name; null where it
    /// could.</param>
    /// <returns>What is known of it; null when it has ended.</returns>
    public static ProgramImage? Take(ProcessStatus process, Uri? ready, SecretMask mask, out string? problem)
    {
        problem = null;

        // Its environment is there from the same moment on as its arguments.
        if (ProcessTable.SettledCommandLine(process.Id) is not { } line)
        {
            return null;
        }

        var environment = ProcessTable.EnvironmentEntries(process.Id);
        var directory = ProcessTable.WorkingDirectory(process.Id);
        var file = line is [var name, ..] && environment is not null && directory is not null
            ? Program(process.Id, name, environment, directory)
            : null;
        problem = Difference(process.Id)
            ?? (line.Count == 0 || environment is null || directory is null
                ? "does not let us read its command line, environment and directory"
                : IsRewritten(line, environment, directory)
                    ? $"has written something else over its command line ({ProcessText.Of(process, mask)}), so that nobody can know what it was started with"
                : !Directory.Exists(directory) ? $"is in the directory {directory}, which is not there"
                : file is null ? $"runs {ProcessTable.ProgramFile(process.Id) ?? line[0]}, which is not there to be started again"
                : null);
        var ports = ListeningProcess.Ports(process.Id);
        return new ProgramImage(
            process.Identity,
            ProcessText.Of(process, mask),
            problem is null ? file : null,
            line,
            directory ?? "/",
            problem is null ? environment! : [],
            OutputFile(process.Id, 1),
            OutputFile(process.Id, 2),
            ports,
            ready,
            [.. Alike(line).Select(other => other.Identity).Where(other => other != process.Identity)],
            [.. ports
                .SelectMany(ListeningProcess.Find)
                .Select(other => other.Identity)
                .Where(other => other != process.Identity)
                .Distinct()])
        {
            Supervisor = ProgramSupervisor.Of(process, new ProcessProtection(), mask),
        };
    }

    /// <summary>The processes that run with exactly this command line.</summary>
    public static IEnumerable<ProcessStatus> Alike(IReadOnlyList<string> commandLine) =>
        ProcessTable
            .List()
            .Where(process => process.IsAlive && ProcessTable.CommandLine(process.Id) is { } line && line.SequenceEqual(commandLine));

    /// <summary>What we start runs as our user and in our namespaces. What runs otherwise would not come back as it was.</summary>
    private static string? Difference(int process)
    {
        foreach (var ids in (ReadOnlySpan<string>)["Uid", "Gid"])
        {
            if (ProcessTable.StatusLine(process, ids) is not { } theirs || theirs != ProcessTable.StatusLine(Environment.ProcessId, ids))
            {
                return "runs as another user or group than we do";
            }
        }

        foreach (var kind in (ReadOnlySpan<string>)["mnt", "net", "pid", "user"])
        {
            if (ProcessTable.Namespace(process, kind) != ProcessTable.Namespace(Environment.ProcessId, kind))
            {
                return "runs in a container, and we do not run in the same";
            }
        }

        return null;
    }

    /// <summary>
    /// The file to start. By the name that it was called by where that leads to the same file, because a virtual environment is found by
    /// the name; else by the file that runs. One that was replaced under the running process has the new program in its place.
    /// </summary>
    private static string? Program(int process, string name, IReadOnlyList<string> environment, string directory)
    {
        var running = ProcessTable.ProgramFile(process);
        var replaced = running is not null && running.EndsWith(Deleted, StringComparison.Ordinal);
        var file = replaced ? running![..^Deleted.Length] : running;
        var called = Called(name, environment, directory) is { } found ? Path.GetFullPath(found, directory) : null;
        var meant = called is not null && FileStatus.Read(called, follow: true) is { } status
            && file is not null && FileStatus.Read(file) is { } real && (status.Device, status.Node) == (real.Device, real.Node);
        return meant ? called : file is not null && ExecutableSearch.Find(file) is not null ? file : replaced ? called : null;
    }

    // As Redis and nginx do: one text of several words, and none of them that could be started.
    private static bool IsRewritten(IReadOnlyList<string> line, IReadOnlyList<string> environment, string directory) =>
        line is [var only] && only.Contains(' ', StringComparison.Ordinal) && Called(only, environment, directory) is null;

    private static string? Called(string name, IReadOnlyList<string> environment, string directory) => ExecutableSearch.Find(
        name,
        environment.FirstOrDefault(static entry => entry.StartsWith(PathVariable, StringComparison.Ordinal))?[PathVariable.Length..],
        directory);

    private static string? OutputFile(int process, int descriptor) =>
        ProcessTable.OpenFile(process, descriptor) is { } path
            && path.StartsWith('/')
            && FileStatus.Read(path) is { Type: FileNodeType.File } ? path : null;
}
