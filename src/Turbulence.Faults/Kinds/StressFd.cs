using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary><c>stress.fd</c>: holds many files open, in a process of its own.</summary>
internal sealed class StressFd : StressKind
{
    private const int Most = 1_000_000;

    public override FaultKindDescription Description { get; } = new(
        "stress.fd",
        "holds many files open, of those that the machine has for all processes",
        [new("count", ArgumentType.Integer, "how many, to the limit of one process; a tenth of the machine's always stays")
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

        // The runtime has a few files of its own.
        const int Own = 64;
        var limit = (ProcText.Read("/proc/self/limits")?.Split('\n').FirstOrDefault(
            line => line.StartsWith("Max open files", StringComparison.Ordinal)) is { } line
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var hard, ..]
            && long.TryParse(hard, CultureInfo.InvariantCulture, out var number) ? number : Most) - Own;
        var machine = ProcText.Number(ProcText.Read("/proc/sys/fs/file-max"), "") ?? long.MaxValue;
        var used = ProcText.Number(ProcText.Read("/proc/sys/fs/file-nr"), "") ?? 0;
        var left = Math.Min(limit, machine - machine / 10 - used);
        if (count > left)
        {
            arguments.Refuse($"{count} files cannot be held open: {Math.Max(0, left)} can");
        }

        return new StressPlan(
            new FaultTarget("files", "the machine's open files"),
            $"{count} files held open",
            ("count", count.ToString(CultureInfo.InvariantCulture)));
    }

    protected override Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        var count = ToldNumber(record, "count");
        var open = ProcessUsage.OpenFiles(child) ?? 0;
        return Task.FromResult(new Evidence(open >= count, $"process {child} holds {open} files open, {count} asked"));
    }
}
