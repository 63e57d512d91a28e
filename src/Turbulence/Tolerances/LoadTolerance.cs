using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Tolerances;

/// <summary>
/// <c>{"type": "load", "lost": 0, "p99": "50ms", …}</c>: what became of a load is within the limits of <see cref="LoadLimits"/>. What
/// nobody knows of it meets nothing and misses nothing.
/// </summary>
internal sealed class LoadTolerance : IToleranceType
{
    private const string Provider = "load";

    /// <inheritdoc/>
    public string Type => Provider;

    /// <inheritdoc/>
    public void Validate(JsonObject declaration, ToleranceValidation validation)
    {
        if (validation.ProviderType == Provider)
        {
            // What needs classes is held against those by the provider, who knows them.
            LoadLimits.Validate(declaration, validation.Path, validation.Error);
        }
        else
        {
            validation.Error(
                validation.Path["type"], "a tolerance of the type load is for what a load returns: the provider's type must be load");
        }
    }

    /// <inheritdoc/>
    public ValueTask<ToleranceOutcome> EvaluateAsync(JsonObject declaration, ToleranceCheck check, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Evaluate(declaration, check));

    private static ToleranceOutcome Evaluate(JsonObject declaration, ToleranceCheck check)
    {
        var unresolved = check.Substitute(declaration, out var replaced);
        var limits = (JsonObject)replaced!;
        var whole = new Measured("what users felt", check.Output, check.Hides);
        LoadLimits.Validate(limits, DocumentPath.Root, (_, problem) => unresolved ??= problem);
        if (unresolved is not null || check.Output is not JsonObject figures)
        {
            return ToleranceOutcome.Unknown(whole, LoadLimits.Words(limits), unresolved ?? "that is no result of a load");
        }

        var findings = LoadLimits.Judge(limits, figures);
        List<LoadFinding> missed = [.. findings.Where(static finding => finding.Met == false)];
        List<LoadFinding> unknown = [.. findings.Where(static finding => finding.Met is null)];
        var told = missed.Count > 0 ? missed : unknown.Count > 0 ? unknown : findings;
        return new ToleranceOutcome(
            missed.Count + unknown.Count == 0,
            whole.Name,
            Cut(told, static finding => $"{finding.Figure} {finding.Limit}"),
            Cut(told, static finding => $"{finding.Figure} {finding.Measured}"))
        {
            Unproven = missed.Count == 0 && unknown.Count > 0 ? Cut(unknown, static finding => finding.Text) : null,
        };

        string Cut(IReadOnlyList<LoadFinding> all, Func<LoadFinding, string> say) =>
            ShortJson.Cut(string.Join(", ", all.Select(say)), check.Hides);
    }
}
