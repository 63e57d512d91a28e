using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.SystemCalls;

/// <summary>The program that stops others at their system calls, and the right to do so.</summary>
internal static class TracingNeed
{
    /// <summary>What the kinds declare.</summary>
    public static MachineNeed Need { get; } = new(
        "the right to trace the process (its own user where kernel.yama.ptrace_scope is 0, or root), and the program strace (Debian's package strace)",
        LookAsync);

    /// <summary>That the program is not there, and what to do.</summary>
    public const string NoProgram = "the program strace is not installed: it is in Debian's package strace";

    // A container may forbid what all that can be read allows, so one is really traced: strace itself, which says its version and ends.
    private static async ValueTask<NeedSight> LookAsync(CancellationToken cancellationToken) =>
        StraceProgram.File is not { } file ? NeedSight.Missing(NoProgram)
        : TracedThreads.ScopeRefusal() is { } refusal ? NeedSight.Missing($"a process {refusal}")
        : NeedSight.Of(
            await StraceProgram.JudgeAsync(
                file, ["-qq", "-o", "/dev/null", "-e", "trace=none", file], TimeProvider.System, cancellationToken) is { } problem
                ? $"strace cannot trace here: {problem}"
                : null,
            "strace traces what it starts");
}
