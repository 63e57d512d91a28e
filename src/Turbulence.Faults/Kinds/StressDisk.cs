using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Kinds;

/// <summary><c>stress.disk</c>: fills a disk down to a floor of free room, or by an amount.</summary>
internal sealed class StressDisk : StressKind
{
    public override FaultKindDescription Description { get; } = new(
        "stress.disk",
        "fills a disk, and always leaves 64 MiB free",
        [
            StressFolder.Argument,
            new("free", ArgumentType.Size, "what stays free") { Least = DiskRoom.Floor, Default = "64MiB" },
            new("bytes", ArgumentType.Size, "how much is taken, instead of 'free'") { Least = 0, IsLeastExcluded = true },
        ])
    {
        Groups = [ArgumentGroup.AtMostOne("free", "bytes")],
        LongestDuration = StressProgram.Longest,
    };

    protected override StressPlan? Read(ArgumentReader arguments, FaultRequest request)
    {
        var folder = StressFolder.Read(arguments, request.BaseDirectory);
        var bytes = arguments.Size("bytes");
        if (folder is null)
        {
            return null;
        }

        var free = arguments.Size("free")!.Value;
        var available = DiskRoom.Free(folder);
        if (available - (bytes ?? 1) < free)
        {
            arguments.Refuse($"{SizeText.Of(available)} are free on {DiskRoom.Mount(folder)}, and {SizeText.Of(free)} have to stay");
        }

        var mount = DiskRoom.Mount(folder);
        return new StressPlan(
            new FaultTarget($"disk:{DiskRoom.Key(folder)}", $"the disk at {mount}"),
            bytes is { } amount ? $"{SizeText.Of(amount)} of the disk at {mount}" : $"the disk at {mount} full but for {SizeText.Of(free)}",
            ("folder", folder),
            ("name", StressFolder.Name(request.Id)),
            ("bytes", (bytes ?? 0).ToString(CultureInfo.InvariantCulture)),
            ("free", free.ToString(CultureInfo.InvariantCulture)));
    }

    protected override Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        const long Margin = 1 << 20;
        var folder = Told(record, "folder");
        if (!Directory.Exists(folder))
        {
            return Task.FromResult(new Evidence(false, $"{folder} is not there"));
        }

        var held = StressFolder.HeldBy(child, Told(record, "name"));
        var free = DiskRoom.Free(folder);
        var bytes = ToldNumber(record, "bytes");
        return Task.FromResult(new Evidence(
            held > 0 && (bytes > 0 ? held >= bytes : free <= ToldNumber(record, "free") + Margin),
            $"process {child} holds {SizeText.Of(held)} of the disk at {DiskRoom.Mount(folder)}, and {SizeText.Of(free)} are free"));
    }

    protected override StepResult CleanUp(FaultRecord record) => StressFolder.CleanUp(Told(record, "folder"), Told(record, "name"));

    protected override string? Rest(FaultRecord record) => StressFolder.Rest(Told(record, "folder"), Told(record, "name"));
}
