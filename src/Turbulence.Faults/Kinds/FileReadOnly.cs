using System.Globalization;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>file.readonly</c>: takes away the right to write to a file. Mode bits mean nothing to root, so a runner that is root makes the file
/// immutable instead, for everybody.
/// </summary>
internal sealed class FileReadOnly : IFaultKind
{
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public FaultKindDescription Description { get; } = new(
        "file.readonly",
        "makes a file read-only: by its mode, or immutable where the runner is root, to whom modes mean nothing",
        [SelectedFile.Argument])
    {
        Needs =
        [
            new MachineNeed(
                "the file's owner; root needs CAP_LINUX_IMMUTABLE and a file system with that flag",
                static _ => ValueTask.FromResult(NeedSight.Of(
                    Environment.IsPrivilegedProcess && !MayMakeImmutable()
                        ? "root may always write to any file, and lacks the capability to make one immutable (CAP_LINUX_IMMUTABLE): run as another user"
                        : null,
                    Environment.IsPrivilegedProcess
                        ? "files on file systems that know immutable ones"
                        : "files of our own; root makes those of others immutable"))),
        ],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var file = SelectedFile.Read(arguments, "path", request);
        var isRoot = Environment.IsPrivilegedProcess;
        if (file is not null)
        {
            arguments.Refuse(
                !FileStatus.IsWritable(file.Path) ? $"{file.Path} cannot be written to already"
                : isRoot && !MayMakeImmutable()
                    ? $"root may always write to {file.Path}, and lacks the capability to make it immutable: the fault would have no effect"
                : isRoot && !ImmutableFlag.IsKnown(file.Path)
                    ? $"root may always write to {file.Path}, and its file system knows no immutable files: the fault would have no effect"
                : null);
        }

        if (file is null || arguments.Problem is not null)
        {
            return ValueTask.FromResult(FaultPlanning.Refused(arguments.Problem!));
        }

        var undo = file.ToJson();
        undo["immutable"] = isRoot;
        return ValueTask.FromResult(FaultPlanning.Of(new FaultPlan(
            [file.Target],
            undo,
            isRoot ? $"take the immutable flag from {file.Path}" : $"give {file.Path} its mode {ModeText(file.Mode)} back")
        {
            Text = isRoot ? $"{file.Path} made immutable" : $"{file.Path} set to mode {ModeText(file.Mode & ~Write)}",
        }));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        try
        {
            if (!file.IsInPlace)
            {
                return StepResult.Failed($"{file.Path} was removed or replaced since the fault was planned");
            }

            // A second name, by which the file is found wherever it is moved to. Where there cannot be one it has to stay in its folder to
            // be found.
            if (!PlainFile.TryLink(file.Path, Held(file, record)))
            {
                var undo = record.Undo.DeepClone().AsObject();
                undo["unheld"] = true;
                await tools.SaveAsync(undo);
            }

            return new StepResult(IsImmutable(record)
                ? ImmutableFlag.Set(file.Path, immutable: true)
                : SetMode(file.Path, file.Mode & ~Write));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot look at {file.Path}: {failure.Message}");
        }
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        return ValueTask.FromResult(
            !file.IsInPlace ? new Evidence(false, $"{file.Path} was removed or replaced")
            : FileStatus.IsWritable(file.Path) ? new Evidence(false, $"{file.Path} can be written to")
            : new Evidence(true, $"the system refuses writing to {file.Path}"));
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var held = Held(file, record);
        try
        {
            var isHeld = FileStatus.Find(held) is { } link && file.IsSame(link);
            if ((isHeld ? held : file.Find()) is not { } path || FileStatus.Find(path) is not { } status)
            {
                return ValueTask.FromResult(StepResult.Done);
            }

            var problem = IsImmutable(record) ? status.IsImmutable ? ImmutableFlag.Set(path, immutable: false) : null
                : status.Mode == (file.Mode & ~Write) ? SetMode(path, file.Mode)
                : status.Mode == file.Mode ? null
                : $"somebody set {file.Path} to mode {ModeText(status.Mode)} meanwhile, and it was left alone; its mode before was {ModeText(file.Mode)}";
            if (isHeld && problem is null)
            {
                File.Delete(held);
                FolderFlush.Flush(Path.GetDirectoryName(held)!);
            }

            return ValueTask.FromResult(new StepResult(problem));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ValueTask.FromResult(StepResult.Failed($"cannot give {file.Path} back what it was: {failure.Message}"));
        }
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        if (FileStatus.Find(Held(file, record)) is { } link && file.IsSame(link))
        {
            return ValueTask.FromResult(new Evidence(false, $"{file.Path} is still held as {Held(file, record)}"));
        }

        return ValueTask.FromResult(file.Find() is not { } path || FileStatus.Find(path) is not { } status
            ? record.Undo["unheld"] is null
                ? new Evidence(
                    true, $"{file.Path} was removed, replaced or moved away by somebody else, and got back what it was wherever it is")
                : new Evidence(
                    false,
                    $"{file.Path} was removed or moved out of its folder by somebody else; where it still is, it has to get back its mode {ModeText(file.Mode)}")
            : new Evidence(
                status.Mode == file.Mode && !status.IsImmutable,
                $"{path} has mode {ModeText(status.Mode)}{(status.IsImmutable ? " and is immutable" : "")}"));
    }

    private static string Held(SelectedFile file, FaultRecord record) => FaultMark.Neighbour(file.Path, record.Id, "held");

    private static bool IsImmutable(FaultRecord record) => UndoJson.Read(() => (bool)record.Undo["immutable"]!);

    private static bool MayMakeImmutable()
    {
        const int CapabilityLinuxImmutable = 9;
        return ProcessTable.StatusLine(Environment.ProcessId, "CapEff") is { } line
            && ulong.TryParse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var capabilities)
            && (capabilities & (1UL << CapabilityLinuxImmutable)) != 0;
    }

    private static string ModeText(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string? SetMode(string path, UnixFileMode mode)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, mode);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"cannot set the mode of {path} to {ModeText(mode)}: {failure.Message}";
        }
    }
}
