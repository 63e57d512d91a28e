using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The processes that no fault may hit, whatever the experiment says.</summary>
internal sealed class ProcessProtection
{
    private readonly HashSet<int> ancestors = [];
    private readonly string? program;

    public ProcessProtection()
    {
        for (var id = Environment.ProcessId; id > 0 && ancestors.Add(id) && ProcessTable.Find(id) is { } process;)
        {
            id = process.ParentId;
        }

        program = Program(Environment.ProcessId);
    }

    /// <summary>Why a process may not be hit, in words that follow its name; null where it may.</summary>
    public string? Refusal(ProcessStatus process)
    {
        const int KernelThreads = 2;
        return process.Id == 1 ? "is the system's first process"
            : process.Id == KernelThreads || process.ParentId == KernelThreads ? "belongs to the kernel"
            : process.Id == Environment.ProcessId ? "is this very program"
            : ancestors.Contains(process.Id) ? "started this program"
            : program is not null && Program(process.Id) == program ? "is this program's own"
            : SignalRefusal(process);
    }

    /// <summary>Other runs, their guardians and their stress are the same program; under a host such as dotnet, its first argument tells it.</summary>
    private static string? Program(int process) =>
        ProcessTable.ProgramFile(process) is not { } file ? null
        : Path.GetFileName(file) == "dotnet" && ProcessTable.CommandLine(process) is [_, var assembly, ..] ? $"{file} {Path.GetFileName(assembly)}"
        : file;

    private static string? SignalRefusal(ProcessStatus process)
    {
        if (!ProcessHandle.TryOpen(process.Identity, out var handle, out _))
        {
            return "has ended";
        }

        using (handle)
        {
            return handle.Signal(PosixSignalNumber.None) ? null : process.Identity.IsAlive ? "belongs to another user" : "has ended";
        }
    }
}
