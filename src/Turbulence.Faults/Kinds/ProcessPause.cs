using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Kinds;

/// <summary>
/// <c>process.pause</c>: stops processes (SIGSTOP), and lets them go on (SIGCONT): a service that hangs while its connections stay open.
/// </summary>
internal sealed class ProcessPause : IFaultKind
{
    private const char Stopped = 'T';
    private const int MostLevels = 100;
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>How long a process may stay inside the system, in a read from a slow disk for instance, before it stops.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public FaultKindDescription Description { get; } = new(
        "process.pause",
        "stops a process where it is, and lets it go on",
        [
            .. ProcessSelection.Arguments,
            new("tree", ArgumentType.Boolean, "whether what descends from it is stopped too") { Default = "false" },
        ])
    {
        Groups = [ProcessSelection.Group],
        Needs = [ProcessNeed.Need],
    };

    public ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var tree = arguments.Boolean("tree");
        var selected = ProcessSelection.Find(arguments, request);
        return ValueTask.FromResult(
            selected.Problem is { } problem ? FaultPlanning.Refused(problem)
            : selected.Processes.FirstOrDefault(process => process.State == Stopped) is { } stopped
                ? FaultPlanning.Refused($"{ProcessText.Of(stopped, request.Mask)} is already stopped, and not by this fault")
            : Make(selected, tree, request.Mask));
    }

    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var roots = Roots(record);
        foreach (var root in roots)
        {
            if (Signal(root, PosixSignalNumber.Stop) is { } failure)
            {
                return StepResult.Failed(failure.IsGone
                    ? $"process {root.Id} ended before it was stopped"
                    : $"process {root.Id} cannot be stopped: {failure.Message}");
            }
        }

        return IsTree(record) ? await StopDescendantsAsync(record, roots, tools, cancellationToken) : StepResult.Done;
    }

    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var processes = All(record);
        await Until.TrueAsync(Moment, tools.Time, cancellationToken, () => processes.All(process => StateOf(process) is null or Stopped));
        foreach (var process in processes)
        {
            if (StateOf(process) is var state and not Stopped && (state is not null || IsRoot(record, process)))
            {
                return new Evidence(
                    false, state is null ? $"process {process.Id} is gone" : $"process {process.Id} is in state {state}, not stopped");
            }
        }

        return new Evidence(true, $"{Names(processes)} in state T");
    }

    public ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var process in All(record))
        {
            if (StateOf(process) is not null && Signal(process, PosixSignalNumber.Continue) is { IsGone: false } failure)
            {
                return ValueTask.FromResult(StepResult.Failed(
                    $"process {process.Id} cannot be sent SIGCONT: {failure.Message.TrimEnd('.')}; do it by hand: kill -CONT {process.Id}"));
            }
        }

        return ValueTask.FromResult(StepResult.Done);
    }

    public async ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var processes = All(record);
        await Until.TrueAsync(Moment, tools.Time, cancellationToken, () => !processes.Any(process => StateOf(process) == Stopped));
        ProcessIdentity[] stopped = [.. processes.Where(process => StateOf(process) == Stopped)];
        return stopped.Length > 0 ? new Evidence(false, $"{Names(stopped)} still stopped")
            : processes.Where(process => !process.IsAlive).ToList() is { Count: > 0 } gone
                ? new Evidence(true, $"{Names(gone)} gone meanwhile, none is stopped")
            : new Evidence(true, $"{Names(processes)} going on");
    }

    private static FaultPlanning Make(SelectedProcesses selected, bool tree, SecretMask mask)
    {
        var processes = selected.Processes;
        var identities = processes.Select(process => process.Identity).ToList();
        var descendants = tree ? Descendants(identities) : [];
        var undo = new JsonObject
        {
            ["processes"] = UndoJson.Write(identities),
            ["tree"] = tree,
            ["descendants"] = UndoJson.Write(descendants.Where(process => process.State != Stopped).Select(process => process.Identity)),
            ["stopped_before"] = UndoJson.Write(descendants.Where(process => process.State == Stopped).Select(process => process.Identity)),
        };
        var names = string.Join(", ", processes.Select(process => ProcessText.Of(process, mask)));
        var more = tree ? $" and the {descendants.Count} that descend from it" : "";
        return FaultPlanning.Of(new FaultPlan(
            [.. processes.Select(process => new FaultTarget(ProcessText.Key(process.Identity), ProcessText.Of(process, mask)))],
            undo,
            $"SIGCONT to {names}{more}")
        {
            Text = $"SIGSTOP to {names}{more}{selected.Spared}",
        });
    }

    /// <summary>
    /// From the top down: children are stopped once their parent stands still. Until then it may start more of them; and one that waits
    /// inside the system for its newest child to run a program of its own (vfork) would never stand still if that child were stopped first.
    /// Each is written down before it is stopped.
    /// </summary>
    private static async ValueTask<StepResult> StopDescendantsAsync(
        FaultRecord record, IReadOnlyList<ProcessIdentity> roots, FaultTools tools, CancellationToken cancellationToken)
    {
        var undo = record.Undo.DeepClone().AsObject();
        HashSet<ProcessIdentity> known = [.. UndoJson.Processes(undo["descendants"])];
        HashSet<ProcessIdentity> before = [.. UndoJson.Processes(undo["stopped_before"])];
        var signalled = roots;
        for (var level = 0; level < MostLevels; level++)
        {
            if (await WaitUntilStillAsync(signalled, tools, cancellationToken) is { } moving)
            {
                return StepResult.Failed(moving);
            }

            ProcessStatus[] open = [.. Descendants(roots).Where(process => process.State != Stopped && !before.Contains(process.Identity))];
            if (open.Length == 0)
            {
                return StepResult.Done;
            }

            HashSet<int> parents = [.. open.Select(process => process.Id)];
            signalled = [.. open.Where(process => !parents.Contains(process.ParentId)).Select(process => process.Identity)];
            var written = known.Count;
            known.UnionWith(signalled);
            if (known.Count > written)
            {
                undo["descendants"] = UndoJson.Write(known);
                await tools.SaveAsync(undo);
            }

            foreach (var process in signalled)
            {
                Signal(process, PosixSignalNumber.Stop);
            }
        }

        return StepResult.Failed($"after {MostLevels} generations of processes there are still more to stop");
    }

    /// <summary>Waits until all of these stand still or are gone; what is to be said of one that does not, or null.</summary>
    private static async ValueTask<string?> WaitUntilStillAsync(
        IReadOnlyList<ProcessIdentity> processes, FaultTools tools, CancellationToken cancellationToken)
    {
        string? moving = null;
        bool AreStill()
        {
            moving = processes
                .Select(process => StateOf(process) is { } state and not Stopped
                    ? $"process {process.Id} was sent SIGSTOP and is in state {state}, not stopped"
                    : null)
                .FirstOrDefault(problem => problem is not null);
            return moving is null;
        }

        await Until.TrueAsync(Patience, tools.Time, cancellationToken, AreStill);
        return moving;
    }

    /// <summary>
    /// With those that were found while injecting, where the record that we hold is older than its file, they descend from the targets
    /// still.
    /// </summary>
    private static IReadOnlyList<ProcessIdentity> All(FaultRecord record)
    {
        var roots = Roots(record);
        return IsTree(record)
            ? [.. roots.Concat(UndoJson.Processes(record.Undo["descendants"]))
                .Concat(Descendants(roots).Select(process => process.Identity))
                .Except(UndoJson.Processes(record.Undo["stopped_before"]))]
            : roots;
    }

    /// <summary>
    /// Without this program's own: a guardian that was stopped with the tree of another process could not take that back.
    /// </summary>
    private static IReadOnlyList<ProcessStatus> Descendants(IReadOnlyList<ProcessIdentity> roots)
    {
        var protection = new ProcessProtection();
        return [.. ProcessFamily.DescendantsOf(roots).Where(process => !protection.IsOurs(process))];
    }

    // Of nobody everything is true: an undo without a process would be called taken back while somebody stays stopped.
    private static IReadOnlyList<ProcessIdentity> Roots(FaultRecord record) =>
        UndoJson.Read(() => record.Undo["processes"]!.AsArray()) is { Count: > 0 } roots
        ? UndoJson.Processes(roots)
        : throw new UnreadableUndoException("it names no process");

    private static bool IsTree(FaultRecord record) => UndoJson.Read(() => (bool)record.Undo["tree"]!);

    private static bool IsRoot(FaultRecord record, ProcessIdentity process) => Roots(record).Contains(process);

    private static char? StateOf(ProcessIdentity process) =>
        ProcessTable.Find(process.Id) is { IsAlive: true } status && status.Identity == process ? status.State : null;

    private static string Names(IReadOnlyList<ProcessIdentity> processes) => processes.Count == 1
        ? $"process {processes[0].Id} is"
        : $"processes {string.Join(", ", processes.Select(process => process.Id))} are";

    /// <summary>Why the signal was not sent; null where it was.</summary>
    private static ProcessStartFailure? Signal(ProcessIdentity process, PosixSignalNumber signal)
    {
        if (!ProcessHandle.TryOpen(process, out var handle, out var failure))
        {
            return failure;
        }

        using (handle)
        {
            return handle.TrySignal(signal, out failure) ? null : failure;
        }
    }
}
