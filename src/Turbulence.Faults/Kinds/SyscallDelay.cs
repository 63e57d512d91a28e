using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.SystemCalls;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>syscall.delay</c>: system calls of a process take longer: a slow disk, a slow connection. Only the thread that calls waits.
/// </summary>
internal sealed class SyscallDelay() : SystemCallKind(
    "syscall.delay",
    "lets system calls of a process take longer, by strace",
    [
        new("delay", ArgumentType.Seconds, "how much longer each takes") { IsRequired = true, Least = 0.001m, Most = 600 },
        new("at", ArgumentType.Choice, "whether a call waits before the system carries it out, or after that")
        {
            Choices = [Enter, Exit],
            Default = Enter,
        },
    ])
{
    private const string Enter = "enter";
    private const string Exit = "exit";

    /// <inheritdoc/>
    protected override SystemCallEffect Effect(ArgumentReader arguments, SystemCallSelection selection)
    {
        var delay = arguments.Seconds("delay");
        var at = arguments.Text("at");
        return new SystemCallEffect(
            string.Create(CultureInfo.InvariantCulture, $"delay_{at}={delay.Ticks / TimeSpan.TicksPerMicrosecond}"),
            string.Create(CultureInfo.InvariantCulture, $"wait {delay.TotalSeconds:0.######} s {(at == Exit ? "after" : "before")} they are carried out"),
            string.Create(CultureInfo.InvariantCulture, $"delayed by {delay.TotalSeconds:0.######} s"))
        {
            // Which of a thread's calls are hit is told when they return only.
            IsAtBegin = at == Enter && selection.IsAll,
        };
    }

    private protected override IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) =>
        SystemCallSelection.Problems(arguments, canFail: false);
}
