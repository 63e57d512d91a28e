using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Residents;

/// <summary>
/// The kinds that work inside a running .NET process: its runtime is told to load a small assembly, the resident, which opens a socket in a
/// folder that is the fault's alone, and is given its order there.
/// <code>
///   plan ─▶ folder with assembly and token ─▶ runtime loads it ─▶ door ─▶ put ─▶ renew … ─▶ take ─▶ folder is gone
///                                                                   └─ lease over: gone as well ─┘
/// </code>
/// The fault is in the process as long as the resident hears that it is wanted; when the process ends it is gone with it. The assembly
/// stays loaded, since a runtime lets none go, and does nothing.
/// </summary>
internal abstract class ResidentKind : IFaultKind, ILeasedKind
{
    private static readonly TimeSpan EffectPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<FaultArgument> own;

    protected ResidentKind(string name, string summary, IReadOnlyList<FaultArgument> own, params IReadOnlyList<ArgumentGroup> groups)
    {
        this.own = own;
        Description = new FaultKindDescription(name, summary, [.. ProcessSelection.Arguments, .. own])
        {
            Groups = [ProcessSelection.Group, .. groups],
            Needs = [EntranceNeed.Need],
            Together = given => [.. Unmeant(given), .. Problems(given)],
        };
    }

    /// <inheritdoc/>
    public FaultKindDescription Description { get; }

    /// <inheritdoc/>
    public async ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var selected = ProcessSelection.Find(arguments, request, sparesItself: !IsOfOperations);
        if (selected.Problem is { } problem)
        {
            return FaultPlanning.Refused(problem);
        }

        var spec = ResidentArguments.Read(arguments, own);
        var places = new JsonArray();
        List<FaultTarget> targets = [];
        List<string> names = [];
        List<string> tokens = [];
        foreach (var process in selected.Processes)
        {
            var (target, refusal) = await DotNetTarget.FindAsync(process, TimeProvider.System, cancellationToken);
            if (target is null)
            {
                return FaultPlanning.Refused($"{ProcessText.Of(process, request.Mask)} {refusal}");
            }

            var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            tokens.Add(token);
            places.Add(new ResidentPlace(target, request.Id, token).ToJson());
            targets.Add(new FaultTarget(Key(process.Identity, request.Id), ProcessText.Of(process, request.Mask)));
            names.Add($"{ProcessText.Of(process, request.Mask)}, .NET {target.Runtime.Version}");
        }

        var undo = new JsonObject { ["places"] = places, ["spec"] = spec };
        return FaultPlanning.Of(new FaultPlan(targets, undo, $"what is inside {string.Join(", ", targets.Select(target => target.Text))} lets go")
        {
            Text = $"{Text(arguments, request.Mask)}, from inside {string.Join("; ", names)}{selected.Spared}",
            Hidden = tokens,
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        foreach (var place in ResidentPlace.All(record))
        {
            var spec = UndoJson.Read(() => record.Undo["spec"]!.DeepClone().AsObject());
            if (await place.EnterAsync(record.Kind, spec, tools.Time, cancellationToken) is { } problem)
            {
                return StepResult.Failed(problem);
            }
        }

        return StepResult.Done;
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        List<string> texts = [];
        long? hits = null;
        foreach (var place in ResidentPlace.All(record))
        {
            var begun = tools.Time.GetTimestamp();
            var answer = await place.AskAsync("look", tools.Time, cancellationToken);
            while (answer is { Problem: null, IsEffective: false } && tools.Time.GetElapsedTime(begun) < EffectPatience)
            {
                await Task.Delay(Gap, tools.Time, cancellationToken);
                answer = await place.AskAsync("look", tools.Time, cancellationToken);
            }

            if (answer.Problem is { } problem)
            {
                return new Evidence(false, place.Process.IsAlive ? $"process {place.Process.Id}: {problem}" : $"process {place.Process.Id} is gone");
            }

            if (!answer.IsEffective)
            {
                return new Evidence(false, $"process {place.Process.Id}: {answer.Text}");
            }

            texts.Add($"process {place.Process.Id}: {answer.Text}");
            hits = answer.Hits is { } count ? (hits ?? 0) + count : hits;
        }

        return new Evidence(true, string.Join("; ", texts)) { Hits = hits };
    }

    /// <inheritdoc/>
    public async ValueTask RenewAsync(FaultRecord record, CancellationToken cancellationToken)
    {
        foreach (var place in ResidentPlace.All(record))
        {
            await place.AskAsync("renew", TimeProvider.System, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        string? problem = null;
        foreach (var place in ResidentPlace.All(record))
        {
            problem ??= await place.LeaveAsync(tools.Time, cancellationToken);
        }

        return problem is null ? StepResult.Done : StepResult.Failed(problem);
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        List<string> texts = [];
        foreach (var place in ResidentPlace.All(record))
        {
            if (!place.Process.IsAlive)
            {
                texts.Add($"process {place.Process.Id} is gone, and all that was inside with it");
                continue;
            }

            // What was let go removes its folder just after it has said so.
            await Until.TrueAsync(EffectPatience, tools.Time, cancellationToken, () => !place.Folders.Any(folder => folder.Exists));
            if (place.Folders.FirstOrDefault(folder => folder.Exists) is { } left)
            {
                return new Evidence(false, $"{left.Outer} is still there, by which process {place.Process.Id} was entered");
            }

            texts.Add($"what was inside process {place.Process.Id} has let go");
        }

        return new Evidence(true, string.Join("; ", texts));
    }

    /// <summary>What is done, for people, without where: <c>calls of HttpClient to localhost:8002 wait 0.5 s</c>.</summary>
    protected abstract string Text(ArgumentReader arguments, SecretMask mask);

    /// <summary>
    /// Whether it works on some of a process's operations and leaves the others alone. Such faults go on beside each other in one process,
    /// and in this very one, which goes on to take them back: that of a test. Of the others there can be one a process.
    /// </summary>
    protected virtual bool IsOfOperations => false;

    // What names it among the targets of faults.
    private string Key(ProcessIdentity process, string fault) =>
        $"{Description.Name}:{ProcessText.Key(process)}{(IsOfOperations ? $":{fault}" : "")}";

    // Each of them says what is done: with one that is false nothing would be, and it would be counted all the same.
    private IEnumerable<ArgumentProblem> Unmeant(GivenArguments arguments) => own
        .Where(argument => argument.Type == ArgumentType.Boolean && arguments.IsFalse(argument.Name))
        .Select(argument => new ArgumentProblem(
            argument.Name, $"the argument '{argument.Name}' of {Description.Name} says what is done, and can only be true: leave it out"));

    /// <summary>What is wrong with arguments that are right each by itself.</summary>
    internal virtual IEnumerable<ArgumentProblem> Problems(GivenArguments arguments) => [];
}
