using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Stress;
using Turbulence.Faults.Targets;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>stress.io</c>: keeps a disk busy by writing a file of a bounded size over and over, each block forced onto the disk.
/// </summary>
internal sealed class StressIo : StressKind
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override FaultKindDescription Description { get; } = new(
        "stress.io",
        "keeps a disk busy with writes that are forced onto it",
        [
            StressFolder.Argument,
            new("bytes", ArgumentType.Size, "the size of the file that is written over and over")
            {
                Least = 4096,
                Most = 1L << 30,
                Default = "64MiB",
            },
        ])
    {
        LongestDuration = StressProgram.Longest,
    };

    protected override StressPlan? Read(ArgumentReader arguments, FaultRequest request)
    {
        var folder = StressFolder.Read(arguments, request.BaseDirectory);
        var bytes = arguments.Size("bytes")!.Value;
        if (folder is null)
        {
            return null;
        }

        if (DiskRoom.Free(folder) - bytes < DiskRoom.Floor)
        {
            arguments.Refuse(
                $"{SizeText.Of(DiskRoom.Free(folder))} are free on {DiskRoom.Mount(folder)}, and {SizeText.Of(DiskRoom.Floor)} have to stay");
        }

        var mount = DiskRoom.Mount(folder);
        return new StressPlan(
            new FaultTarget($"io:{DiskRoom.Key(folder)}", $"the writes to the disk at {mount}"),
            $"writes to the disk at {mount}, without a pause",
            ("folder", folder),
            ("name", StressFolder.Name(request.Id)),
            ("bytes", bytes.ToString(CultureInfo.InvariantCulture)));
    }

    protected override async Task<Evidence> LookAsync(FaultRecord record, int child, TimeProvider time, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var before = Written(child);
        var goesOn = await Until.TrueAsync(
            Patience, time, cancellationToken, () => time.GetElapsedTime(begun).TotalSeconds > 0.3 && Written(child) > before);
        var rate = (long)((Written(child) - before) / time.GetElapsedTime(begun).TotalSeconds);
        return new Evidence(
            goesOn,
            $"process {child} writes {SizeText.Of(Math.Max(0, rate))} a second to the disk at {DiskRoom.Mount(Told(record, "folder"))}");
    }

    protected override StepResult CleanUp(FaultRecord record) => StressFolder.CleanUp(Told(record, "folder"), Told(record, "name"));

    protected override string? Rest(FaultRecord record) => StressFolder.Rest(Told(record, "folder"), Told(record, "name"));

    private static long Written(int child) =>
        ProcText.Number(ProcText.Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{child}/io")), "wchar:") ?? 0;
}
