using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>file.corrupt</c>: changes bytes of a file in place, as a failing disk would, so that those who have it open see it too. The original is first kept
/// whole as a hidden neighbour. It is there as long as the file may be corrupted, and its going is the last step of taking back.
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
            new("bytes", "size", "how many bytes are changed, at most all of the file"),
            new("share", "share", "the share of the bytes that are changed, above 0 to 1, at least one byte; default 0.01"),
        ]);

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request.Arguments);
        var file = SelectedFile.Read(arguments, "path", null, request);
        var bytes = arguments.Size("bytes");
        var share = arguments.Number("share", 0.01, 0, 1);
        var length = file is null ? 0 : FileStatus.Read(file.Path)?.Length ?? 0;
        if (arguments.Problem is null && file is not null)
        {
            arguments.Refuse(
                bytes is not null && arguments.Has("share") ? "file.corrupt takes 'bytes' or 'share', not both"
                : length == 0 ? $"{file.Path} is empty"
                : length > Largest ? $"{file.Path} is larger than 1 GiB"
                : bytes > length ? $"{file.Path} has only {SizeText.Of(length)}"
                : !FileStatus.IsWritable(file.Path) ? $"{file.Path} cannot be written to"
                : new DriveInfo(Path.GetDirectoryName(file.Path)!).AvailableFreeSpace < length + Spare ? $"there is no room to keep a copy of {file.Path}"
                : null);
        }

        if (file is null || arguments.Problem is not null)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(arguments.Problem!));
        }

        var undo = file.ToJson();
        undo["bytes"] = bytes;
        undo["share"] = share;
        return ValueTask.FromResult(FaultPlanning.Of(new FaultPlan([file.Target], undo, $"put the bytes of {file.Path} back from {new KeptFile(file, request.Id).Copy}")
        {
            Text = string.Create(CultureInfo.InvariantCulture, $"{CountOf(length, bytes, share)} of {length} bytes of {file.Path} changed"),
        }));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        if (!file.IsInPlace)
        {
            return StepResult.Failed($"{file.Path} was removed or replaced since the fault was planned");
        }

        try
        {
            await kept.KeepAsync(cancellationToken);
            using var copy = File.OpenHandle(kept.Copy);
            if (RandomAccess.GetLength(copy) is var length && length == 0)
            {
                return StepResult.Failed($"{file.Path} was emptied since the fault was planned");
            }

            var corruption = Of(record, length);
            var undo = record.Undo.DeepClone().AsObject();
            undo["length"] = length;
            undo["sha256"] = await KeptFile.HashAsync(kept.Copy, cancellationToken);
            undo["places_sha256"] = corruption.Hash(copy);
            await tools.SaveAsync(undo);
            using var target = Open(file.Path, FileAccess.ReadWrite);
            corruption.ForEach(target, copy, (_, original, mask) => (byte)(original ^ mask));
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
        try
        {
            if (!kept.Exists)
            {
                return ValueTask.FromResult(new Evidence(false, $"{file.Path} was not changed"));
            }

            using var copy = File.OpenHandle(kept.Copy);
            using var target = Open(file.Path, FileAccess.Read);
            var corruption = Of(record, RandomAccess.GetLength(copy));
            var changed = 0L;
            corruption.ForEach(target, copy, (now, original, _) =>
            {
                changed += now != original ? 1 : 0;
                return null;
            });
            return ValueTask.FromResult(new Evidence(
                changed == corruption.Count,
                $"{changed} of {corruption.Count} bytes of {file.Path} are not what they were"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(new Evidence(false, $"cannot read {file.Path}: {failure.Message}"));
        }
    }

    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        try
        {
            kept.RemoveDraft();
            if (!kept.Exists)
            {
                return StepResult.Done;
            }

            var problem = file.IsInPlace ? PutBack(record, file.Path, kept.Copy) : "was removed or replaced";
            var isWhole = await kept.IsEqualAsync(cancellationToken);
            if (problem is not null && !isWhole)
            {
                return StepResult.Failed($"{file.Path} {problem} by somebody else meanwhile; the original is kept, to put it back: {ByHand(file, kept)}");
            }

            if (isWhole && file.IsInPlace)
            {
                kept.RestoreStatus();
            }

            kept.Remove();
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot put {file.Path} back: {failure.Message}; to do it by hand: {ByHand(file, kept)}");
        }
    }

    public async ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var kept = new KeptFile(file, record.Id);
        if (kept.Exists || kept.IsDrafted)
        {
            return new Evidence(false, $"the original of {file.Path} is still kept as {kept.Copy}");
        }

        if ((string?)record.Undo["sha256"] is not { } hash)
        {
            return new Evidence(true, $"no original of {file.Path} is kept: no byte of it is changed");
        }

        try
        {
            if (await KeptFile.HashAsync(file.Path, cancellationToken) == hash)
            {
                return new Evidence(true, $"{file.Path} is as it was, bit for bit (sha256 {hash[..12]}…)");
            }

            using var target = Open(file.Path, FileAccess.Read);
            var corruption = Of(record, (long)record.Undo["length"]!);
            return corruption.Hash(target) == (string?)record.Undo["places_sha256"]
                ? new Evidence(true, $"{corruption.Count} bytes of {file.Path} are as they were; somebody else has changed others since")
                : new Evidence(false, $"{file.Path} is not as it was (sha256 {hash[..12]}… before)");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Evidence(false, $"cannot read {file.Path}: {failure.Message}");
        }
    }

    private static string ByHand(SelectedFile file, KeptFile kept) => $"cp -- {kept.Copy} {file.Path} && rm -- {kept.Copy}";

    private static long CountOf(long length, long? bytes, double share) => Math.Clamp(bytes ?? (long)(length * share), 1, length);

    private static Corruption Of(FaultRecord record, long length) =>
        new(record.Id, length, CountOf(length, (long?)record.Undo["bytes"], (double)record.Undo["share"]!));

    private static SafeFileHandle Open(string path, FileAccess access) =>
        File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Puts back each byte that is as the fault made it.</summary>
    /// <returns>What could not be put back, in words that follow the file's name and go on with "by somebody else"; null for nothing.</returns>
    private static string? PutBack(FaultRecord record, string path, string copyPath)
    {
        using var copy = File.OpenHandle(copyPath);
        using var target = Open(path, FileAccess.ReadWrite);
        var corruption = Of(record, RandomAccess.GetLength(copy));
        var strange = 0L;
        var missing = corruption.ForEach(target, copy, (now, original, mask) =>
        {
            var isOurs = now == (byte)(original ^ mask);
            strange += !isOurs && now != original ? 1 : 0;
            return isOurs ? original : null;
        });
        RandomAccess.FlushToDisk(target);
        return strange + missing == 0 ? null : $"was written to, {strange + missing} of {corruption.Count} bytes of it,";
    }
}
