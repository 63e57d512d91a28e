using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The processes that no fault may hit, whatever the experiment says.</summary>
internal sealed class ProcessProtection
{
    /// <summary>What the system says of a program whose file was replaced while it runs.</summary>
    private const string Deleted = " (deleted)";

    private readonly HashSet<int> ancestors = [];
    private readonly string? program;
    private readonly ProgramFile? file;

    public ProcessProtection()
        : this(Environment.ProcessId)
    {
    }

    /// <summary>Protects the program of another process.</summary>
    internal ProcessProtection(int self)
    {
        for (var id = self; id > 0 && ancestors.Add(id) && ProcessTable.Find(id) is { } process;)
        {
            id = process.ParentId;
        }

        program = Program(self);
        file = IsHosted(program) ? null : ProgramFile.Of(self);
    }

    /// <summary>Why a process may not be hit, in words that follow its name; null where it may.</summary>
    public string? Refusal(ProcessStatus process)
    {
        const int KernelThreads = 2;
        return process.Id == 1 ? "is the system's first process"
            : process.Id == KernelThreads || process.ParentId == KernelThreads ? "belongs to the kernel"
            : process.Id == Environment.ProcessId ? "is this very program"
            : ancestors.Contains(process.Id) ? "started this program"
            : IsOwn(process) ? "is this program's own"
            : SignalRefusal(process);
    }

    /// <summary>
    /// Whether a process is this program, its guardian, its stress, or what started it: those are never hit, not even with the tree of
    /// another.
    /// </summary>
    public bool IsOurs(ProcessStatus process) => ancestors.Contains(process.Id) || IsOwn(process);

    private bool IsOwn(ProcessStatus process) =>
        (program is not null && Program(process.Id) == program) || file?.IsThatOf(process.Id) == true;

    // The host's file is that of every program under it.
    private static bool IsHosted(string? program) => program?.Contains(' ') == true && Path.GetFileName(program.Split(' ')[0]) == "dotnet";

    /// <summary>
    /// Other runs, their guardians and their stress are the same program; under a host such as dotnet, its first argument tells it.
    /// </summary>
    private static string? Program(int process) =>
        ProcessTable.ProgramFile(process)?.Replace(Deleted, "", StringComparison.Ordinal) is not { } file ? null
        : Path.GetFileName(file) == "dotnet" && ProcessTable.CommandLine(process) is [_, var assembly, ..]
            ? $"{file} {Path.GetFileName(assembly)}"
        : file;

    private static string? SignalRefusal(ProcessStatus process)
    {
        if (!ProcessHandle.TryOpen(process.Identity, out var handle, out var failure))
        {
            return failure.IsGone ? "has ended" : $"cannot be held: {failure.Message}";
        }

        using (handle)
        {
            return handle.TrySignal(PosixSignalNumber.None, out failure) ? null
                : failure.IsGone ? "has ended"
                : $"belongs to {ProcessOwner.Text(ProcessOwner.Of(process.Id))} ({ProcessOwner.OurRefusal}; only that user and root may signal it)";
        }
    }
}
