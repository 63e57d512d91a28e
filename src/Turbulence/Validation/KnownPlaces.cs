using Turbulence.Keys;

namespace Turbulence.Validation;

/// <summary>The places of the format that <see cref="UnknownKeys"/> begins at, and those where a misplaced key may belong.</summary>
internal static class KnownPlaces
{
    /// <summary>A whole experiment.</summary>
    public static KeyPlace Experiment => ExperimentKeys.Experiment;

    /// <summary>The settings.</summary>
    public static KeyPlace Settings => SettingsKeys.Settings;

    /// <summary>What a variable file may say.</summary>
    public static KeyPlace Variables => ValueKeys.Variables;

    /// <summary>
    /// Where a key that is unknown in its own place may belong. What configuration and secrets are made of is not among them: <c>key</c>
    /// and <c>default</c> are words of everybody.
    /// </summary>
    public static IReadOnlyList<KeyPlace> Homes { get; } =
    [
        ActivityKeys.Activity, ExperimentKeys.Experiment, ExperimentKeys.Hypothesis, RuntimeKeys.Runtime, RuntimeKeys.RollbackRuntime,
        RuntimeKeys.HypothesisRuntime, ActivityKeys.Safeguard, ActivityKeys.Pauses, ProviderKeys.Python, ProviderKeys.Process,
        ProviderKeys.Http, ProviderKeys.DotNet, ProviderKeys.Fault, LoadKeys.Provider, ProviderKeys.Spans, ToleranceKeys.Regex,
        ToleranceKeys.JsonPath, ToleranceKeys.Range, ToleranceKeys.Load, ControlKeys.Control, ControlKeys.Python, ControlKeys.Process,
        ControlKeys.Http, ControlKeys.DotNet, ServiceKeys.OurExtension, ServiceKeys.Service, ServiceKeys.Ready, ServiceKeys.Proxy,
    ];
}
