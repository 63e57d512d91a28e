namespace Turbulence.Telemetry.Conventions;

/// <summary>The attributes of spans, measurements and log records; docs/telemetry.md says what each means.</summary>
internal static class AttributeName
{
    public const string RunId = "turbulence.run.id";
    public const string Seed = "turbulence.run.seed";
    public const string Verdict = "turbulence.run.verdict";
    public const string ExitCode = "turbulence.run.exit_code";
    public const string RunStatus = "turbulence.run.status";
    public const string Deviated = "turbulence.run.deviated";
    public const string Reasons = "turbulence.run.reasons";
    public const string Title = "turbulence.experiment.title";
    public const string Phase = "turbulence.phase";
    public const string Iteration = "turbulence.iteration";
    public const string Met = "turbulence.steady_state.met";
    public const string Activity = "turbulence.activity.name";
    public const string ActivityId = "turbulence.activity.id";
    public const string ActivityType = "turbulence.activity.type";
    public const string Background = "turbulence.activity.background";
    public const string Provider = "turbulence.activity.provider";
    public const string ActivityStatus = "turbulence.activity.status";
    public const string ToleranceMet = "turbulence.activity.tolerance_met";
    public const string Tolerance = "turbulence.activity.tolerance";
    public const string FaultId = "turbulence.fault.id";
    public const string FaultKind = "turbulence.fault.kind";
    public const string FaultTargets = "turbulence.fault.targets";
    public const string FaultUndo = "turbulence.fault.undo";
    public const string FaultState = "turbulence.fault.state";
    public const string FaultHits = "turbulence.fault.hits";
    public const string FaultOutstanding = "turbulence.fault.outstanding";
    public const string FaultEffect = "turbulence.fault.effect";
    public const string RevertedBy = "turbulence.fault.reverted_by";
    public const string Relation = "turbulence.link";
    public const string Service = "turbulence.service.name";
    public const string ServiceState = "turbulence.service.state";
    public const string Text = "turbulence.text";
    public const string Load = "turbulence.load.name";
    public const string Outcome = "turbulence.load.outcome";
    public const string Intended = "turbulence.load.intended";
    public const string Lost = "turbulence.load.lost";
    public const string Quantile = "turbulence.load.quantile";
    public const string Event = "turbulence.event";
    public const string ErrorType = "error.type";

    /// <summary>An attribute with its value.</summary>
    public static KeyValuePair<string, object?> With(this string name, object? value) => new(name, value);
}
