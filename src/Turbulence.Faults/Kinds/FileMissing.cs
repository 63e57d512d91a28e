using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Kinds;

/// <summary><c>file.missing</c>: renames a file away, to a hidden neighbour named for the fault, and back.</summary>
internal sealed class FileMissing : IFaultKind
{
    public FaultKindDescription Description { get; } = new(
        "file.missing",
        "makes a file disappear; a process that has it open keeps it",
        [SelectedFile.Argument]);

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        return ValueTask.FromResult(SelectedFile.Read(arguments, "path", request) is not { } file
            ? FaultPlanning.Refused(arguments.Problem!)
            : FaultPlanning.Of(new FaultPlan([file.Target], file.ToJson(), $"rename {Hidden(file, request.Id)} back to {file.Path}")
            {
                Text = $"{file.Path} renamed to {Hidden(file, request.Id)}",
            }));
    }

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        return ValueTask.FromResult(
            FileStatus.Find(Hidden(file, record.Id)) is not null
                ? StepResult.Failed($"there is something at {Hidden(file, record.Id)} already")
            : file.IsInPlace ? Rename(file.Path, Hidden(file, record.Id), overwrite: false)
            : StepResult.Failed($"{file.Path} was removed or replaced since the fault was planned"));
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        return ValueTask.FromResult(FileStatus.Find(file.Path) is null
            ? new Evidence(true, $"{file.Path} is not there")
            : new Evidence(false, $"{file.Path} is there"));
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var hidden = Hidden(file, record.Id);
        if (FileStatus.Find(hidden) is not { } original)
        {
            return ValueTask.FromResult(StepResult.Done);
        }

        if (!file.IsSame(original))
        {
            return ValueTask.FromResult(StepResult.Failed($"{hidden} is not the file that was renamed to it, and was left alone"));
        }

        // Not replacing may be done as a second name first and the removal of the old one then; a death in between leaves both.
        return ValueTask.FromResult(FileStatus.Find(file.Path) is not { } present ? Rename(hidden, file.Path, overwrite: false)
            : (present.Device, present.Node) == (original.Device, original.Node) ? Remove(hidden)
            : StepResult.Failed(
                $"somebody made a new {file.Path} meanwhile, and it was left alone; the original is kept, to put it back: mv -- {hidden} {file.Path}"));
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var file = SelectedFile.Of(record);
        var hidden = Hidden(file, record.Id);
        return ValueTask.FromResult(FileStatus.Find(hidden) is not null ? new Evidence(false, $"{file.Path} is kept as {hidden}")
            : FileStatus.Find(file.Path) is not { } present ? new Evidence(false, $"{file.Path} is not there, nor is {hidden}")
            : file.IsSame(present) ? new Evidence(true, $"{file.Path} is there, the same file as before")
            : new Evidence(true, $"{file.Path} is there; somebody has replaced it since"));
    }

    private static string Hidden(SelectedFile file, string fault) => FaultMark.Neighbour(file.Path, fault, "original");

    private static StepResult Rename(string from, string to, bool overwrite)
    {
        try
        {
            File.Move(from, to, overwrite);
            FolderFlush.Flush(Path.GetDirectoryName(to)!);
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot rename {from} to {to}: {failure.Message}");
        }
    }

    private static StepResult Remove(string path)
    {
        try
        {
            File.Delete(path);
            FolderFlush.Flush(Path.GetDirectoryName(path)!);
            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot remove {path}: {failure.Message}");
        }
    }
}
