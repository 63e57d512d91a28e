using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.SystemCalls;

/// <summary>
/// The kinds that change what system calls of a process come to, through <c>strace</c>, which is kept by a child (<see cref="TracerProgram"/>).
/// The undo is the system's: a process whose tracer is no more goes on as before. Taking one back is ending the child.
/// </summary>
internal abstract class SystemCallKind : IFaultKind
{
    private const char Traced = 't';
    private static readonly TimeSpan LetGoPatience = TimeSpan.FromSeconds(5);

    protected SystemCallKind(string name, string summary, IReadOnlyList<FaultArgument> own) =>
        Description = new FaultKindDescription(
            name, summary, [.. ProcessSelection.Arguments, .. SystemCallSelection.Arguments, .. own])
        {
            Groups = [ProcessSelection.Group],
            Needs = [TracingNeed.Need],
            LongestDuration = TracerProgram.Longest,
            Together = Problems,
        };

    /// <inheritdoc/>
    public FaultKindDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var selected = ProcessSelection.Find(arguments, request);
        if (selected.Problem is { } problem)
        {
            return FaultPlanning.Refused(problem);
        }

        foreach (var process in selected.Processes)
        {
            if (TracedThreads.Refusal(process, request.Mask) is { } refusal)
            {
                return FaultPlanning.Refused($"{ProcessText.Of(process, request.Mask)} {refusal}");
            }
        }

        if (StraceProgram.File is not { } file)
        {
            return FaultPlanning.Refused(TracingNeed.NoProgram);
        }

        var selection = SystemCallSelection.Read(arguments, request);
        var effect = Effect(arguments, selection);
        string[] options = [.. selection.Options(effect.Option)];
        return await StraceProgram.JudgeAsync(file, options, TimeProvider.System, cancellationToken) is { } wrong
            ? FaultPlanning.Refused($"strace does not take it: {request.Mask.Apply(wrong)}")
            : FaultPlanning.Of(Plan(request, selected, selection, effect, file, options));
    }

    /// <inheritdoc/>
    public ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var targets = Targets(record);
        if (targets.FirstOrDefault(target => !target.IsAlive) is { Id: > 0 } gone)
        {
            return ValueTask.FromResult(StepResult.Failed($"process {gone.Id} ended before it was traced"));
        }

        var order = UndoJson.Read(() => new TracerOrder
        {
            Runner = record.Runner.Local ?? default,
            Lease = TimeSpan.FromSeconds(double.Parse((string)record.Undo["seconds"]!, CultureInfo.InvariantCulture)),
            Targets = [.. targets.Select(target => target.Id)],
            Self = [ExecutableSearch.Find(tools.Self[0]) ?? tools.Self[0], .. tools.Self.Skip(1)],
            Program = record.Undo["program"]!.GetValue<string>(),
            Options =
            [
                .. record.Undo["options"]!.AsArray().Select(UndoJson.Text),
                .. targets.SelectMany(target => new[] { "-p", target.Id.ToString(CultureInfo.InvariantCulture) }),
            ],
        });
        return FaultChild.StartAsync(
            record, tools, [TracerProgram.Verb, TracerProgram.Keep, .. order.Arguments], cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var children = FaultChild.All(record);
        var counts = children.Select(child => CallCounts.Of(child.Id)).FirstOrDefault(counts => counts is not null);
        List<string> held = [];
        foreach (var target in Targets(record))
        {
            if (!target.IsAlive)
            {
                return Unseen($"process {target.Id} is gone");
            }

            if (TracedThreads.Tracers(target.Id).FirstOrDefault(id => children.Exists(child => child.Id == id)) is not (> 0 and var strace))
            {
                return Unseen(counts is { End.Length: > 0 } told
                    ? $"strace has ended ({told.End}), and process {target.Id} goes on without it"
                    : $"no strace of this fault has process {target.Id}");
            }

            var (traced, threads) = TracedThreads.Count(target.Id, strace);
            held.Add(string.Create(
                CultureInfo.InvariantCulture, $"{(traced == threads ? "all" : $"{traced}")} of {Words.Count(threads, "thread")} of process {target.Id} (as process {strace})"));
        }

        if (counts is not { } seen)
        {
            return Unseen("the child process does not say what strace has hit");
        }

        var begun = UndoJson.Read(() => (bool)record.Undo["begun"]!);
        var hits = begun ? Math.Max(seen.Begun, seen.Marked) : seen.Marked;
        var waiting = begun && seen.Begun > seen.Marked
            ? string.Create(CultureInfo.InvariantCulture, $" ({seen.Begun - seen.Marked} still waiting)") : "";
        var done = UndoJson.Text(record.Undo["done"]);
        return ValueTask.FromResult(new Evidence(
            true,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Words.Count(hits, "call")} {done}{waiting}; strace has {Words.List(held)}, and slows each of their system calls"))
        {
            Hits = hits,
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var targets = Targets(record);
        var children = FaultChild.All(record);
        if (await FaultChild.EndAsync(record, tools, cancellationToken) is { IsDone: false } failed)
        {
            return failed;
        }

        return await Until.TrueAsync(
            LetGoPatience, tools.Time, cancellationToken, () => targets.All(target => Held(target, children) is null))
            ? StepResult.Done
            : StepResult.Failed(targets.Select(target => Held(target, children)).OfType<string>().First());
    }

    /// <inheritdoc/>
    public ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var targets = Targets(record);
        var children = FaultChild.All(record);
        if (children is [var child, ..])
        {
            return Unseen($"its child process {child.Id} still runs");
        }

        return targets.Select(target => Held(target, children)).OfType<string>().FirstOrDefault() is { } held
            ? Unseen(held)
            : ValueTask.FromResult(new Evidence(true, string.Join("; ", targets.Select(Free))));
    }

    /// <summary>What is done to the calls.</summary>
    protected abstract SystemCallEffect Effect(ArgumentReader arguments, SystemCallSelection selection);

    /// <summary>What is wrong with the arguments, as far as it is known without a look at the machine.</summary>
    private protected abstract IEnumerable<ArgumentProblem> Problems(GivenArguments arguments);

    private static ValueTask<Evidence> Unseen(string text) => ValueTask.FromResult(new Evidence(false, text));

    // Of nobody everything is true: an undo without a process would be called taken back while somebody is traced.
    private static IReadOnlyList<ProcessIdentity> Targets(FaultRecord record) =>
        UndoJson.Read(() => record.Undo["processes"]!.AsArray()) is { Count: > 0 } targets
            ? UndoJson.Processes(targets)
            : throw new UnreadableUndoException("it names no process");

    /// <summary>What still has a process, in one line; null for nothing, and for a process that is gone.</summary>
    private static string? Held(ProcessIdentity target, List<ProcessIdentity> children) =>
        ProcessTable.Find(target.Id) is not { IsAlive: true } process || process.Identity != target ? null
        : TracedThreads.Tracers(target.Id).FirstOrDefault(id => children.Exists(child => child.Id == id)) is > 0 and var tracer
            ? $"process {target.Id} is still traced by process {tracer}"
        : process.State == Traced && TracedThreads.Tracers(target.Id).Count == 0 ? $"process {target.Id} stands still in state {Traced}"
        : null;

    private static string Free(ProcessIdentity target) =>
        !target.IsAlive ? $"process {target.Id} is gone meanwhile, and nothing of this fault with it"
        : TracedThreads.Tracers(target.Id) is [var other, ..] ? $"process {target.Id} is traced by process {other}, which is not of this fault"
        : $"process {target.Id} goes on, and nobody traces it";

    private static FaultPlan Plan(
        FaultRequest request,
        SelectedProcesses selected,
        SystemCallSelection selection,
        SystemCallEffect effect,
        string file,
        IReadOnlyList<string> options)
    {
        var processes = selected.Processes;
        var mask = request.Mask;
        var names = string.Join(", ", processes.Select(process => ProcessText.Of(process, mask)));
        var undo = new JsonObject
        {
            ["processes"] = UndoJson.Write(processes.Select(process => process.Identity)),
            ["program"] = file,
            ["options"] = new JsonArray([.. options.Select(UndoJson.Write)]),
            ["seconds"] = FaultChild.Lease(request.Duration, TracerProgram.Longest),
            ["begun"] = effect.IsAtBegin,
            ["done"] = effect.Done,
        };
        return new FaultPlan(
            [.. processes.Select(process => new FaultTarget(ProcessText.Key(process.Identity), ProcessText.Of(process, mask)))],
            undo,
            $"end strace, whereupon the kernel lets {names} go on as before")
        {
            Text = string.Create(
                CultureInfo.InvariantCulture,
                $"{selection.Text(mask.Apply)} {effect.Plan} in {names} and what it starts meanwhile{selection.Which}; strace stops {Words.Count(processes.Sum(process => process.Threads), "thread")} twice at every system call, whichever it is, and so slows all that they do{selected.Spared}"),
            Hidden = selection.Path is { } path ? mask.In(path) : [],
        };
    }
}
