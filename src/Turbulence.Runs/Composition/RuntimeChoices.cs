using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Keys;
using Turbulence.Options;
using Turbulence.Runs.Requests;
using Turbulence.Settings;

namespace Turbulence.Runs.Composition;

/// <summary>
/// Decides how an experiment is run: the request wins over the experiment's <c>runtime</c>, that over the settings', and that over the
/// default.
/// </summary>
/// <param name="request">What was asked for.</param>
/// <param name="experiment">The experiment.</param>
internal sealed class RuntimeChoices(RunRequest request, Experiment experiment)
{
    private readonly JsonObject runtime = RuntimeRules.Effective(experiment.Runtime, request.Settings.Runtime, request.Compatibility);

    /// <summary>Whether the hypothesis strategy that applies has the reference's old misspelt name.</summary>
    public bool IsMisspelt => HypothesisName == HypothesisStrategyName.Misspelt;

    /// <summary>The safeguards that apply. The reference knows none.</summary>
    public IReadOnlyList<Safeguard> Safeguards => request.Compatibility == Compatibility.None ? Safeguard.Read(runtime) : [];

    private string? HypothesisName => request.Hypothesis ?? Text((runtime["hypothesis"] as JsonObject)?["strategy"]);

    /// <summary>Decides. The reference knows only the strategies of <c>runtime</c>; the rest of it is ours.</summary>
    public RunOptions Decide()
    {
        var hypothesis = runtime["hypothesis"] as JsonObject;
        var ours = request.Compatibility == Compatibility.None;
        return new RunOptions
        {
            Compatibility = request.Compatibility,
            Dry = request.Dry,
            Rollbacks = request.Rollbacks ?? RollbackStrategyName.Parse(Text((runtime["rollbacks"] as JsonObject)?["strategy"])),
            Hypothesis = HypothesisStrategyName.Parse(HypothesisName ?? "") ?? HypothesisStrategy.Default,
            Frequency = request.Frequency ?? (ours ? Seconds(hypothesis, RuntimeKeys.Frequency) : null) ?? TimeSpan.FromSeconds(1),
            FailFast = request.FailFast || (ours && hypothesis?["fail_fast"]?.GetValueKind() == JsonValueKind.True),
            Timeout = ours ? Seconds(runtime, RuntimeKeys.Timeout) : null,
            Settle = Seconds(hypothesis, RuntimeKeys.Settle) ?? new RunOptions().Settle,
            Safeguards = Safeguards,
        };
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static TimeSpan? Seconds(JsonObject? map, FormatKey key) =>
        JsonNumbers.TryReadDouble(map?[key.Name], out var seconds) && key.NumberForm.Allows(seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
