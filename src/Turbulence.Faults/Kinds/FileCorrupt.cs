using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>file.corrupt</c>: changes bytes of a file in place, as a failing disk would, so that those who have it open see it too. The original
/// is first kept whole as a hidden neighbour. It is there as long as the file may be corrupted, and goes last, when every changed byte was
/// read back.
/// </summary>
internal sealed class FileCorrupt : IFaultKind
{
    private const long Largest = 1L << 30;
    private const long Spare = 64L << 20;

    public FaultKindDescription Description { get; } = new(
        "file.corrupt",
        "changes bytes of a file in place, spread over all of it",
        [
            SelectedFile.Argument,
            new("bytes", ArgumentType.Size, "how many bytes are changed, at most all of the file") { Least = 0, IsLeastExcluded = true },
            new("share", ArgumentType.Share, "the share of the bytes that are changed, at least one byte")
            {
                Least = 0,
                IsLeastExcluded = true,
                Default = "0.01",
            },
        ])
    {
        Groups = [ArgumentGroup.AtMostOne("bytes", "share")],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var file = SelectedFile.Read(arguments, "path", request);
        var bytes = arguments.Size("bytes");
        var share = arguments.Number("share");
        var data = file is null || arguments.Problem is not null ? [] : DataOf(file.Path, arguments);
        var length = data.Sum(range => range.Length);
        if (arguments.Problem is null && file is not null)
        {
            arguments.Refuse(
                length == 0 ? $"{file.Path} is empty{(FileStatus.Read(file.Path)?.Length > 0 ? ", all of it is a hole" : "")}"
                : data[^1].End > Largest ? $"{file.Path} is larger than 1 GiB"
                : data.Count > CorruptUndo.MostPieces ? $"{file.Path} has more than {CorruptUndo.MostPieces} holes"
                : bytes > length ? $"{file.Path} has only {SizeText.Of(length)}{(data is [{ Start: 0 }] ? "" : " that are no holes")}"
                : HasCapabilities(file.Path)
                    ? $"{file.Path} gives capabilities to its program (setcap), which whoever writes to it takes away"
                : !FileStatus.IsWritable(file.Path) ? $"{file.Path} cannot be written to"
                : new DriveInfo(Path.GetDirectoryName(file.Path)!).AvailableFreeSpace < length + Spare
                    ? $"there is no room to keep a copy of {file.Path}"
                : null);
        }

        if (file is null || arguments.Problem is not null)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(arguments.Problem!));
        }

        var undo = file.ToJson();
        undo["bytes"] = bytes;
        undo["share"] = share;
        undo["places"] = CorruptUndo.PlacesInSectors;
        return ValueTask.FromResult(FaultPlanning.Of(new FaultPlan(
            [file.Target], undo, $"put the bytes of {file.Path} back from {new KeptFile(file, request.Id).Copy}")
        {
            Text = string.Create(
                CultureInfo.InvariantCulture, $"{CorruptUndo.CountOf(length, bytes, share)} of {length} bytes of {file.Path} changed"),
        }));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        var pace = new StepPace(tools, cancellationToken);
        try
        {
            if (!file.IsInPlace)
            {
                return StepResult.Failed($"{file.Path} was removed or replaced since the fault was planned");
            }

            if (FileCapabilities.Has(file.Path))
            {
                return StepResult.Failed(
                    $"{file.Path} was given capabilities since the fault was planned, which whoever writes to it takes away");
            }

            using var target = PlainFile.Open(file.Path, write: true);
            var before = FileStatus.Of(target);
            if (!file.IsSame(before))
            {
                return StepResult.Failed($"{file.Path} was removed or replaced since the fault was planned");
            }

            kept.Keep(target, before, pace);
            using var copy = PlainFile.Open(kept.Copy);
            if (PlainFile.Data(copy).Count == 0)
            {
                return StepResult.Failed($"{file.Path} was emptied since the fault was planned");
            }

            await tools.SaveAsync(CorruptUndo.With(record, before, copy, pace));
            CorruptUndo.Of(record, copy).Corrupt(target, copy, pace);
            RandomAccess.FlushToDisk(target);
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot corrupt {file.Path}: {failure.Message}");
        }
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        var pace = new StepPace(tools, cancellationToken);
        try
        {
            if (!kept.Exists)
            {
                return ValueTask.FromResult(new Evidence(false, $"{file.Path} was not changed"));
            }

            if (file.Find() is not { } path)
            {
                return ValueTask.FromResult(new Evidence(false, $"{file.Path} was removed or replaced"));
            }

            using var copy = PlainFile.Open(kept.Copy);
            using var target = PlainFile.Open(path);
            var corruption = CorruptUndo.Of(record, copy);
            var changed = corruption.Different(target, copy, pace);
            return ValueTask.FromResult(new Evidence(
                changed == corruption.Count && path == file.Path,
                $"{changed} of {corruption.Count} bytes of {path} are not what they were"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(new Evidence(false, $"cannot read {file.Path}: {failure.Message}"));
        }
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        var pace = new StepPace(tools, cancellationToken);
        try
        {
            kept.RemoveDraft();
            if (FileStatus.Find(kept.Copy) is not { } keptStatus)
            {
                return ValueTask.FromResult(StepResult.Done);
            }

            using (var copy = PlainFile.Open(kept.Copy))
            {
                var problem = file.Find() is not { } path
                    ? IsEqual(file.Path, copy, pace) ? null : "was removed or replaced"
                    : PutBack(record, kept, keptStatus, path, copy, pace);
                if (problem is not null)
                {
                    return ValueTask.FromResult(StepResult.Failed(
                        $"{file.Path} {problem} by somebody else meanwhile; the original is kept, to put it back: {ByHand(file, kept)}"));
                }
            }

            kept.Remove();
            return ValueTask.FromResult(StepResult.Done);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(
                StepResult.Failed($"cannot put {file.Path} back: {failure.Message.TrimEnd('.')}; to do it by hand: {ByHand(file, kept)}"));
        }
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        var pace = new StepPace(tools, cancellationToken);
        try
        {
            if (kept.Exists || kept.IsDrafted)
            {
                return ValueTask.FromResult(new Evidence(false, $"the original of {file.Path} is still kept as {kept.Copy}"));
            }

            if (UndoJson.Read(() => (string?)record.Undo["sha256"]) is not { } hash)
            {
                return ValueTask.FromResult(new Evidence(true, $"no original of {file.Path} is kept: no byte of it is changed"));
            }

            var path = file.Find() ?? file.Path;
            using var target = PlainFile.Open(path);
            if (KeptFile.Hash(target, pace) == hash)
            {
                return ValueTask.FromResult(new Evidence(true, $"{path} is as it was, bit for bit (sha256 {hash[..12]}…)"));
            }

            var corruption = CorruptUndo.Of(record, (SafeFileHandle?)null);
            return ValueTask.FromResult(corruption.Hash(target, pace) == UndoJson.Read(() => (string?)record.Undo["places_sha256"])
                ? new Evidence(true, $"{corruption.Count} bytes of {path} are as they were; somebody else has changed others since")
                : new Evidence(false, $"{path} is not as it was (sha256 {hash[..12]}… before)"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(new Evidence(false, $"cannot read {file.Path}: {failure.Message}"));
        }
    }

    private static string ByHand(SelectedFile file, KeptFile kept) => $"cp -- {kept.Copy} {file.Path} && rm -- {kept.Copy}";

    // Where the system cannot say, what follows finds out why.
    private static bool HasCapabilities(string path)
    {
        try
        {
            return FileCapabilities.Has(path);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IReadOnlyList<FileRange> DataOf(string path, ArgumentReader arguments)
    {
        try
        {
            using var file = PlainFile.Open(path);
            return PlainFile.Data(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            arguments.Refuse($"{path} cannot be read: {failure.Message}");
            return [];
        }
    }

    /// <summary>
    /// Puts back each byte that is as the fault made it, reads every one back, and gives the file its times where nobody else has written
    /// to it.
    /// </summary>
    /// <returns>What could not be put back, in words that follow the file's name and go on with "by somebody else"; null for
    /// nothing.</returns>
    private static string? PutBack(
        FaultRecord record, KeptFile kept, FileStatus keptStatus, string path, SafeFileHandle copy, StepPace pace)
    {
        using var target = PlainFile.Open(path, write: true);
        var corruption = CorruptUndo.Of(record, copy);
        corruption.PutBack(target, copy, pace);
        RandomAccess.FlushToDisk(target);
        var written = FileStatus.Of(target).Modified;
        if (corruption.Different(target, copy, pace) is var different and > 0)
        {
            return $"was written to, {different} of {corruption.Count} bytes of it,";
        }

        if (KeptFile.Hash(target, pace) == KeptFile.Hash(copy, pace))
        {
            var (accessed, modified) = CorruptUndo.Times(record, keptStatus);
            kept.RestoreStatus(target, written, accessed, modified);
        }

        return null;
    }

    private static bool IsEqual(string path, SafeFileHandle copy, StepPace pace)
    {
        if (FileStatus.Find(path) is not { Type: FileNodeType.File })
        {
            return false;
        }

        using var file = PlainFile.Open(path);
        return KeptFile.Hash(file, pace) == KeptFile.Hash(copy, pace);
    }
}
