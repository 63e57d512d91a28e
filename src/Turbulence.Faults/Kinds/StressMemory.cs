using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary><c>stress.memory</c>: holds memory, each page touched, and always leaves the machine enough to go on.</summary>
internal sealed class StressMemory : StressKind
{
    public override FaultKindDescription Description { get; } = new(
        "stress.memory",
        "holds memory; a twentieth of it, and at least 256 MiB, always stays available",
        [
            new("bytes", ArgumentType.Size, "how much is held; refused where too little would stay available")
            {
                Least = 0,
                IsLeastExcluded = true,
            },
            new("share", ArgumentType.Share, "the share of what is available now, as far as the floor allows") { Least = 0.001m },
        ])
    {
        Groups = [ArgumentGroup.ExactlyOne("bytes", "share")],
        LongestDuration = StressProgram.Longest,
    };

    protected override StressPlan? Read(ArgumentReader arguments, FaultRequest request)
    {
        var available = MachineMemory.Available();
        var most = available - MachineMemory.Floor();
        var asked = arguments.Size("bytes");
        var share = arguments.Number("share");
        if ((asked ?? 1) > most)
        {
            arguments.Refuse(
                $"{SizeText.Of(available)} of memory are available and {SizeText.Of(MachineMemory.Floor())} have to stay: {SizeText.Of(Math.Max(0, most))} can be held");
            return null;
        }

        var bytes = asked ?? Math.Min(most, (long)(available * share));
        return new StressPlan(
            new FaultTarget("memory", "the machine's memory"),
            $"{SizeText.Of(bytes)} of the {SizeText.Of(available)} of memory that are available",
            ("bytes", bytes.ToString(CultureInfo.InvariantCulture)),
            ("limit", asked is null ? "true" : "false"));
    }

    protected override Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        const long Margin = 64 << 20;
        var bytes = ToldNumber(record, "bytes");
        var held = ProcessUsage.Read(child)?.ResidentBytes ?? 0;
        var available = MachineMemory.Available();
        var isAtFloor = Told(record, "limit") == "true" && available < MachineMemory.Floor() + Margin;
        return Task.FromResult(new Evidence(
            held >= bytes || isAtFloor,
            $"process {child} holds {SizeText.Of(held)} of {SizeText.Of(bytes)} asked, and {SizeText.Of(available)} are still available"));
    }
}
