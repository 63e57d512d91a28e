using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Python;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "probe", "name": …, "provider": …}</c>: a probe of its own that gets the output as its argument <c>value</c>; met
/// when what it returns counts as true. The reference runner finds every answer of a process or an HTTP call true; in the
/// default mode the process has to end with 0 and the response's status has to be below 400, and <c>arguments</c> need not be there.
/// </summary>
internal sealed class ProbeTolerance : IToleranceType
{
    private const string Wanted = "a true answer";

    /// <inheritdoc/>
    public string Type => "probe";

    /// <inheritdoc/>
    public void Validate(JsonObject declaration, ToleranceValidation validation) =>
        validation.ValidateProbe(new Activity(declaration), validation.Path);

    /// <inheritdoc/>
    public async ValueTask<ToleranceOutcome> EvaluateAsync(
        JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken)
    {
        // The experiment stays as it was written: the reference runner leaves the value in it, for the journal to show.
        var activity = new Activity((JsonObject)declaration.DeepClone());
        var name = activity.Name.Length == 0 ? "answer of the tolerance's probe" : $"answer of the probe {activity.Name}";
        if (!TryPutValue(activity.Provider, check, out var problem))
        {
            return ToleranceOutcome.Unknown(check.Probe.Whole, Wanted, problem);
        }

        var result = await check.RunProbe(activity, cancellationToken);
        return result.End switch
        {
            ActivityEnd.Succeeded => Judge(new ProbeOutput(result.Output, activity.ProviderType, check.Hides), name, check.IsReference),
            ActivityEnd.Failed => new(false, name, Wanted, ShortJson.Cut($"a failure: {result.Message}", check.Hides)),
            _ => ToleranceOutcome.Unknown(new(name, null, check.Hides), Wanted, result.Message ?? "the probe crashed"),
        };
    }

    private static ToleranceOutcome Judge(ProbeOutput answer, string name, bool isReference) =>
        !isReference && answer.TryGetSuccess(out var success, out var status)
            ? ToleranceOutcome.Judged(success, new($"{status.Name} ({name})", status.Value, status.Mask), answer.SuccessText(true))
            : ToleranceOutcome.Judged(PythonTruth.Of(answer.Value), new(name, answer.Value, answer.Mask), Wanted);

    private static bool TryPutValue(JsonObject provider, ToleranceCheck check, out string problem)
    {
        problem = "the provider's arguments are not a map that a value could be put into";
        if (!provider.ContainsKey("arguments") && !check.IsReference)
        {
            provider["arguments"] = new JsonObject();
        }

        if (provider["arguments"] is not JsonObject arguments)
        {
            return false;
        }

        arguments["value"] = check.Output?.DeepClone();
        return true;
    }
}
