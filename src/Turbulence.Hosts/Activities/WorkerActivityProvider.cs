using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Hosts.Lookup;
using Turbulence.Hosts.Workers;
using Turbulence.Json;
using Turbulence.Values;

namespace Turbulence.Hosts.Activities;

/// <summary>Carries out activities that are code in a language with a worker.</summary>
public abstract class WorkerActivityProvider : IActivityProvider
{
    private readonly WorkerHost host;
    private readonly RequiredText[] required;
    private readonly CodeLookup lookup;

    /// <param name="host">The language's worker.</param>
    /// <param name="required">The keys that say what to call.</param>
    private protected WorkerActivityProvider(WorkerHost host, params RequiredText[] required)
    {
        this.host = host;
        this.required = required;
        lookup = new CodeLookup(host, "activities");
    }

    /// <inheritdoc/>
    public abstract string Type { get; }

    /// <inheritdoc/>
    public ValueTask PrepareAsync(IReadOnlyList<Activity> activities, CancellationToken cancellationToken) => lookup.LookUpAsync(
        activities.Where(activity => Missing(activity).Count == 0).Select(Item), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask StartAsync(CancellationToken cancellationToken) => _ = await host.ReadyAsync(cancellationToken);

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation)
    {
        var (activity, path, problems) = validation;
        var at = path["provider"];
        foreach (var (key, problem) in Missing(activity))
        {
            problems.Error(activity.Provider.ContainsKey(key) ? at[key] : at, problem);
        }

        if (activity.Provider["secrets"] is { } scopes && host.Compatibility == Compatibility.None
            && (scopes is not JsonArray list || list.Any(scope => !JsonTexts.TryRead(scope, out _))))
        {
            problems.Error(at["secrets"], "secrets must be a list of scopes");
        }

        // The reference names the function where it means the activity.
        var isTold = lookup.Tell(
            activity.Declaration, path, problems, host.Compatibility == Compatibility.None ? $"activity '{activity.Name}'" : "");
        if (!isTold && activity.Provider["arguments"] is { } arguments and not JsonObject && !IsPlaceholder(arguments))
        {
            problems.Error(at["arguments"], "arguments must be a map of names to values");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Missing(call.Activity) is [var missing, ..])
        {
            return ActivityResult.Crashed(missing.Problem);
        }

        if (!TryReadArguments(call, out var arguments, out var failure))
        {
            return failure!;
        }

        var subject = $"'{call.Activity.Name}'";
        var answer = await host.CallAsync(
            new WorkerCall("run", subject, writer => CallMessage.Write(writer, call, arguments))
            {
                Say = call.Say,
                Mask = Mask,
            }, cancellationToken);
        if (!answer.IsAnswered)
        {
            return ActivityResult.Failed(ShownText.Shortened(answer.Problem, Mask), ShownText.Shortened(answer.LastWords, Mask));
        }

        return Outcome.TryRead(answer.Result, Mask, out var outcome)
            ? Result(call, outcome, cancellationToken)
            : ActivityResult.Failed($"the {host.Language} worker's answer to {subject} cannot be read");

        SecretMask Mask() => SecretMask.For(call.Values);
    }

    private static bool TryReadArguments(ActivityCall call, out JsonObject arguments, out ActivityResult? failure)
    {
        var declared = call.Activity.Provider["arguments"];
        var value = declared;
        arguments = [];
        failure = null;

        // As in the reference, nothing is replaced, $$ included, where there is nothing to replace it by.
        if (!(call.Values.IsEmpty && call.Compatibility == Compatibility.ChaosToolkit)
            && !call.TrySubstitute(declared, out value, out failure))
        {
            return false;
        }

        value = call.Values.IsEmpty ? declared : value;
        if (value is JsonObject map)
        {
            arguments = map;
        }
        else if (value is not null)
        {
            failure = ActivityResult.Crashed($"arguments must be a map of names to values, not {value.ToJsonString()}");
        }

        return failure is null;
    }

    private static bool IsPlaceholder(JsonNode node) =>
        JsonTexts.TryRead(node, out var text) && text.Contains('$', StringComparison.Ordinal);

    private List<RequiredText> Missing(Activity activity) =>
        [.. required.Where(one => !JsonTexts.TryRead(activity.Provider[one.Key], out var text) || text.Length == 0)];

    private DeclaredItem Item(Activity activity)
    {
        // The output of the probe comes as an argument that is not declared; the reference's validation does not know that.
        var isTolerance = activity.Declaration.Parent is JsonObject && host.Compatibility == Compatibility.None;
        return new DeclaredItem(
            activity.Declaration,
            writer => CallMessage.WriteDeclared(writer, activity, isTolerance),
            problem => new CodeProblem(ProblemSeverity.Error, ["provider"], $"activity '{activity.Name}' cannot be carried out: {problem}"))
        {
            Place = activity.Place,
        };
    }

    private ActivityResult Result(ActivityCall call, Outcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome.End)
        {
            case "succeeded":
                return ActivityResult.Succeeded(outcome.TakeOutput());
            case "crashed":
                return ActivityResult.Crashed(outcome.Message, outcome.Trace);
            case "exited":
                if (call.Compatibility == Compatibility.ChaosToolkit)
                {
                    host.Exit(outcome.Code);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                return ActivityResult.Failed($"it asked the whole program to end with exit code {outcome.Code}", outcome.Trace);
            default:
                return ActivityResult.Failed(outcome.Message, outcome.Trace);
        }
    }
}
