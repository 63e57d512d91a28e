using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.SystemCalls;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>syscall.error</c>: system calls of a process are not carried out and fail: a disk that lies about fsync, a full disk for one file, a
/// connection that is refused, no descriptors left.
/// </summary>
internal sealed class SyscallError() : SystemCallKind(
    "syscall.error",
    "lets system calls of a process fail, by strace",
    [
        new("error", ArgumentType.Text, "what they fail with, by its name in man 3 errno: EIO, ENOSPC, ECONNREFUSED, EMFILE")
        {
            IsRequired = true,
        },
    ])
{
    /// <inheritdoc/>
    protected override SystemCallEffect Effect(ArgumentReader arguments, SystemCallSelection selection)
    {
        var error = arguments.Text("error")!;
        return new SystemCallEffect($"error={error}", $"fail with {error}", $"failed with {error}");
    }

    private protected override IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) =>
        SystemCallSelection.Problems(arguments, canFail: true).Concat(SystemCallSelection.ErrorProblems(arguments));
}
