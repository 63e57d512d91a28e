using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Running;
using Turbulence.Running.Safeguards;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>Decides how an experiment is run: an option of the command line wins over the experiment's <c>runtime</c>, that over the settings', and that over the default.</summary>
/// <param name="settings">The declared options.</param>
/// <param name="parsed">What was given.</param>
/// <param name="defaults">The settings' <c>runtime</c>.</param>
internal sealed class RunPlan(RunSettings settings, ParseResult parsed, JsonObject defaults)
{
    /// <summary>Decides. The reference knows only the strategies of <c>runtime</c>; the rest of it is ours.</summary>
    public RunOptions For(Experiment experiment, Compatibility compatibility)
    {
        var runtime = RuntimeRules.Effective(experiment.Runtime, defaults, compatibility);
        var hypothesis = runtime["hypothesis"] as JsonObject;
        var ours = compatibility == Compatibility.None;
        return new RunOptions
        {
            Compatibility = compatibility,
            Dry = settings.ReadDry(parsed),
            Rollbacks = Rollbacks(parsed.GetValue(settings.Rollbacks) ?? Text((runtime["rollbacks"] as JsonObject)?["strategy"])),
            Hypothesis = HypothesisStrategyName.Parse(HypothesisName(runtime) ?? "") ?? HypothesisStrategy.Default,
            Frequency = parsed.GetValue(settings.Frequency) ?? (ours ? Seconds(hypothesis?["frequency"]) : null) ?? TimeSpan.FromSeconds(1),
            FailFast = parsed.GetValue(settings.FailFast) || (ours && hypothesis?["fail_fast"]?.GetValueKind() == JsonValueKind.True),
            Timeout = ours ? Seconds(runtime["timeout"]) : null,
            Settle = JsonNumbers.TryReadDouble(hypothesis?["settle"], out var settle) && settle is >= 0 and < 4_294_967
                ? TimeSpan.FromSeconds(settle)
                : new RunOptions().Settle,
            Safeguards = ours ? Safeguard.Read(runtime) : [],
        };
    }

    /// <summary>Whether the hypothesis strategy that applies has the reference's old misspelt name.</summary>
    public bool IsMisspelt(Experiment experiment, Compatibility compatibility) =>
        HypothesisName(RuntimeRules.Effective(experiment.Runtime, defaults, compatibility)) == HypothesisStrategyName.Misspelt;

    private string? HypothesisName(JsonObject runtime) =>
        parsed.GetValue(settings.Hypothesis) ?? Text((runtime["hypothesis"] as JsonObject)?["strategy"]);

    // Validation refuses every other word. Unvalidated, it means the default: no word may silently switch rollbacks off.
    private static RollbackStrategy Rollbacks(string? name) => name switch
    {
        "always" => RollbackStrategy.Always,
        "never" => RollbackStrategy.Never,
        "deviated" => RollbackStrategy.Deviated,
        _ => RollbackStrategy.Default,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static TimeSpan? Seconds(JsonNode? node) =>
        node is not null && JsonNumbers.TryReadDouble(node, out var seconds) && seconds is > 0 and < 4_294_967 ? TimeSpan.FromSeconds(seconds) : null;
}
