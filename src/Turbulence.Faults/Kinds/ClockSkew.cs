using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Clocks;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;
using Turbulence.Platform.Processes;
using Turbulence.Services;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>clock.skew</c>: moves the clock of a service that the run has started with one of its own (<see cref="AdjustableClock"/>): expired
/// certificates and tokens, leap years, a clock that jumps. Taking it back is the former text of the clock's file.
/// </summary>
internal sealed class ClockSkew : IFaultKind
{
    public FaultKindDescription Description { get; } = new(
        "clock.skew",
        "moves the clock of a service that the run starts with one of its own",
        [
            .. ProcessSelection.Arguments,
            new("offset", ArgumentType.Text, "how far it is moved, ahead or back: +400d, -30d, +90s; s, m, h, d and y (365 d), and s for none")
            {
                IsRequired = true,
            },
        ])
    {
        Groups = [ProcessSelection.Group],
        Needs =
        [
            new MachineNeed(
                "libfaketime (Debian's package libfaketime) where the service is started",
                static _ => ValueTask.FromResult(NeedSight.Of(
                    AdjustableClock.Problem is { } problem ? $"an adjustable clock {problem}" : null,
                    "libfaketime is there, for services that the run starts with an adjustable clock"))),
        ],
        Together = Problems,
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var selected = ProcessSelection.Find(arguments, request);
        return ValueTask.FromResult(
            selected.Problem is { } problem ? FaultPlanning.Refused(problem)
            : selected.Processes.Select(process => (Process: process, Problem: Refusal(process.Id, request.Id)))
                .FirstOrDefault(one => one.Problem is not null) is { Problem: { } refusal } refused
                ? FaultPlanning.Refused($"{ProcessText.Of(refused.Process, request.Mask)} {refusal}")
            : Plan(request, selected, arguments.Text("offset")!));
    }

    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var path in Files(record))
        {
            var file = new ClockFile(path, record.Id);
            if (file.Text is null)
            {
                return ValueTask.FromResult(StepResult.Failed($"there is no file {path} any more: its service has ended"));
            }

            file.Write(After(record));
        }

        return ValueTask.FromResult(StepResult.Done);
    }

    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var path in Files(record))
        {
            if (new ClockFile(path, record.Id).Text is var text && text != After(record))
            {
                return Seen(false, text is null ? $"there is no file {path}" : $"{path} holds {text}, and not {After(record)}");
            }
        }

        var processes = UndoJson.Processes(UndoJson.Read(() => record.Undo["processes"]!));
        foreach (var process in processes)
        {
            if (!process.IsAlive)
            {
                return Seen(false, $"process {process.Id} is gone");
            }

            if (ClockFile.Of(process.Id) is not { } file || !Files(record).Contains(file) || !ClockFile.IsRead(process.Id))
            {
                return Seen(false, $"process {process.Id} does not read its clock from {string.Join(", ", Files(record))}");
            }
        }

        return Seen(
            true,
            $"{string.Join(", ", Files(record))} holds {After(record)}, and libfaketime is in the memory of {(processes.Count == 1 ? "process" : "processes")} {string.Join(", ", processes.Select(process => process.Id))}; what the clock shows inside is for a probe to say");
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var path in Files(record))
        {
            var file = new ClockFile(path, record.Id);
            file.RemoveDraft();
            switch (file.Text)
            {
                case null or AdjustableClock.Right:
                    break;
                case var text when text == After(record):
                    file.Write(AdjustableClock.Right);
                    break;
                case var other:
                    return ValueTask.FromResult(StepResult.Failed(
                        $"{path} holds {other}, which is not of this fault; do it by hand: echo {AdjustableClock.Right} > {path}"));
            }
        }

        return ValueTask.FromResult(StepResult.Done);
    }

    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        List<string> seen = [];
        foreach (var path in Files(record))
        {
            var file = new ClockFile(path, record.Id);
            var text = file.Text;
            if (file.HasDraft || text is not (null or AdjustableClock.Right))
            {
                return Seen(false, file.HasDraft ? $"a draft of {path} is left" : $"{path} holds {text}");
            }

            seen.Add(text is null ? $"{path} is gone with its service" : $"{path} holds {text}");
        }

        return Seen(true, string.Join("; ", seen));
    }

    private static ValueTask<Evidence> Seen(bool seen, string text) => ValueTask.FromResult(new Evidence(seen, text));

    private static IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) => arguments.Texts("offset")
        .Where(text => !ClockOffset.TryRead(text, out _))
        .Select(text => new ArgumentProblem(
            "offset", $"offset must be a number other than 0 with its sign and unit, such as +400d or -30d, and at most 100 years; here it is '{text}'"));

    /// <summary>Why a process's clock cannot be moved, in words that follow its name; null where it can.</summary>
    private static string? Refusal(int process, string fault) =>
        ProcessTable.Environment(process) is not { } environment ? "does not let us see what it was started with"
        : ClockFile.Of(process) is not { } path
            ? $"has the machine's clock: only a service can be hit that the run itself starts, with \"clock\": \"{AdjustableClock.Word}\""
        : environment.ContainsKey("FAKETIME") ? "was started with FAKETIME, which has its clock whatever the file says"
        : !IsRead(process)
            ? "has not loaded libfaketime: a static program does not, nor one with rights of its own (setuid), and its clock is the machine's"
        : FileStatus.Read(path) is not { Type: FileNodeType.File } ? $"reads its clock from {path}, which is no file"
        : new ClockFile(path, fault).Text is var text and not AdjustableClock.Right
            ? $"has a clock that is moved already: {path} holds {text}"
        : null;

    private static bool IsRead(int process)
    {
        try
        {
            return ClockFile.IsRead(process);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FaultPlanning Plan(FaultRequest request, SelectedProcesses selected, string text)
    {
        ClockOffset.TryRead(text, out var offset);
        var processes = selected.Processes;
        string[] files = [.. processes.Select(process => ClockFile.Of(process.Id)!).Distinct()];
        var others = ProcessTable.List().Count(other =>
            other.IsAlive
            && processes.All(process => process.Id != other.Id)
            && ClockFile.Of(other.Id) is { } file
            && files.Contains(file));
        var names = string.Join(", ", processes.Select(process => ProcessText.Of(process, request.Mask)));
        var undo = new JsonObject
        {
            ["processes"] = UndoJson.Write(processes.Select(process => process.Identity)),
            ["files"] = new JsonArray([.. files.Select(UndoJson.Write)]),
            ["after"] = offset.File,
        };
        return FaultPlanning.Of(new FaultPlan(
            [.. files.Select(file => new FaultTarget($"clock:{file}", $"the clock of {names}"))],
            undo,
            $"write {AdjustableClock.Right} back into {string.Join(", ", files)}")
        {
            Text = $"the clock of {names}{(others == 0 ? "" : $" and {others} more that read the same file")} is {offset.Text}; what measures time goes on as before{selected.Spared}",
        });
    }

    private static string After(FaultRecord record) => UndoJson.Text(record.Undo["after"]);

    // Of no file everything is true.
    private static IReadOnlyList<string> Files(FaultRecord record) =>
        UndoJson.Read(() => record.Undo["files"]!.AsArray()) is { Count: > 0 } files
            ? [.. files.Select(UndoJson.Text)]
            : throw new UnreadableUndoException("it names no file");
}
