using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary><c>stress.threads</c>: holds many threads, in a process of its own.</summary>
internal sealed class StressThreads : StressKind
{
    private const int Most = 20_000;

    public override FaultKindDescription Description { get; } = new(
        "stress.threads",
        "holds many threads, of those that the machine has for all processes",
        [new("count", ArgumentType.Integer, "how many; a tenth of the machine's always stays")
        {
            IsRequired = true,
            Least = 1,
            Most = Most,
        }])
    {
        LongestDuration = StressProgram.Longest,
    };

    protected override StressPlan Read(ArgumentReader arguments, FaultRequest request)
    {
        var count = arguments.Integer("count");
        var machine = Math.Min(
            ProcText.Number(ProcText.Read("/proc/sys/kernel/threads-max"), "") ?? Most,
            ProcText.Number(ProcText.Read("/proc/sys/kernel/pid_max"), "") ?? Most);
        var left = machine - machine / 10 - Used();
        if (count > left)
        {
            arguments.Refuse($"{count} threads cannot be held: {Math.Max(0, left)} can");
        }

        return new StressPlan(
            new FaultTarget("threads", "the machine's threads"),
            $"{count} threads held",
            ("count", count.ToString(CultureInfo.InvariantCulture)));
    }

    protected override Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        var count = ToldNumber(record, "count");
        var threads = ProcessUsage.Read(child)?.Threads ?? 0;
        return Task.FromResult(new Evidence(threads >= count, $"process {child} has {threads} threads, {count} asked"));
    }

    /// <summary>The threads of the machine: the number after the stroke in <c>/proc/loadavg</c>.</summary>
    private static long Used() =>
        ProcText.Read("/proc/loadavg")?.Split(' ') is [_, _, _, var running, ..]
            ? ProcText.Number(running[(running.IndexOf('/', StringComparison.Ordinal) + 1)..], "") ?? 0
            : 0;
}
