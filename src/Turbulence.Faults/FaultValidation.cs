using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Json;
using Turbulence.Services;

namespace Turbulence.Faults;

/// <summary>
/// What can be said of a <c>fault</c> provider before it runs: everything that its plan would refuse without a look at the machine. What
/// holds a placeholder is left for the run.
/// </summary>
/// <param name="validation">The activity, and where its problems go.</param>
/// <param name="kinds">The kinds there are.</param>
/// <param name="neighbours">Services that run already, which may be named like those of the experiment.</param>
internal sealed class FaultValidation(ActivityValidation validation, FaultKinds kinds, IReadOnlyList<ServiceLocation> neighbours)
{
    private readonly JsonObject provider = validation.Activity.Provider;
    private readonly DocumentPath path = validation.Path["provider"];
    private readonly ProblemList problems = validation.Problems;

    /// <summary>Adds every problem of the provider.</summary>
    public void Check()
    {
        Check("duration", FaultDeclaration.TryDuration(provider["duration"], out var duration), FaultDeclaration.DurationProblem);
        Check("max_targets", FaultDeclaration.TryMaxTargets(provider["max_targets"], out _), FaultDeclaration.MaxTargetsProblem);
        Check("irreversible", FaultDeclaration.TryFlag(provider["irreversible"], out _), FaultDeclaration.IrreversibleProblem);
        if (validation.Activity.Type != ActivityType.Action)
        {
            problems.Error(path["type"], "a fault changes the system, so its activity must be an action, not a probe");
        }

        if (!JsonTexts.TryRead(provider["kind"], out var name) || name.Length == 0)
        {
            problems.Error(provider.ContainsKey("kind") ? path["kind"] : path, $"a fault must have a kind; known are {Names}");
        }
        else if (kinds.TryGet(name, out var kind))
        {
            Check(kind.Description, duration);
        }
        else if (!ArgumentCheck.IsPlaceholder(provider["kind"]))
        {
            problems.Error(
                path[
                    "kind"], $"there is no kind of fault '{name}'{NearestWord.Hint(name, kinds.All.Select(known => known.Description.Name))}; known are {Names}");
        }
    }

    private string Names => string.Join(", ", kinds.All.Select(kind => kind.Description.Name));

    private IReadOnlyCollection<string>? Services => validation.Services is not { } own || neighbours.Count == 0
        ? validation.Services
        : [.. own.Union(neighbours.Select(neighbour => neighbour.Name))];

    // Of two of one name the experiment's own is meant.
    private IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? Proxies => validation.Proxies is not { } own || neighbours.Count == 0
        ? validation.Proxies
        : own.Concat(neighbours.Select(neighbour => KeyValuePair.Create(neighbour.Name, neighbour.Proxies)))
            .DistinctBy(named => named.Key)
            .ToDictionary();

    private void Check(FaultKindDescription kind, TimeSpan? duration)
    {
        if (kind.DurationProblem(duration) is { } tooLong)
        {
            problems.Error(path["duration"], tooLong);
        }

        CheckArguments(kind);
        if (!kind.Platforms.Contains(FaultPlatform.Name))
        {
            problems.Error(path["kind"], $"{kind.Name} works on {string.Join(", ", kind.Platforms)}, and this is {FaultPlatform.Name}");
        }
    }

    private void CheckArguments(FaultKindDescription kind)
    {
        var node = provider["arguments"];
        if (ArgumentCheck.IsPlaceholderText(node))
        {
            return;
        }

        if (node is not null and not JsonObject)
        {
            problems.Error(path["arguments"], "arguments must be a map");
            return;
        }

        foreach (var (argument, text) in new ArgumentCheck(kind, Services)
        {
            AreWritten = true,
            Proxies = Proxies,
        }.Problems(node as JsonObject ?? []))
        {
            problems.Error(argument is null ? path["arguments"] : path["arguments"][argument], text);
        }
    }

    private void Check(string key, bool isGood, Func<JsonNode?, string> problem)
    {
        if (!isGood && !ArgumentCheck.IsPlaceholderText(provider[key]))
        {
            problems.Error(path[key], problem(provider[key]));
        }
    }
}
