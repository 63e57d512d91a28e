using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Json;

namespace Turbulence.Values;

/// <summary>
/// Resolves an experiment's <c>configuration</c>: inline values and environment variables first, then, when the secrets
/// are known, the values that probes give. The experiment is never changed.
/// </summary>
/// <param name="sources">Where values come from besides the experiment.</param>
internal sealed class ConfigurationResolver(ValueSources sources)
{
    private static readonly DocumentPath Path = DocumentPath.Root["configuration"];

    private bool IsCompatible => sources.Compatibility == Compatibility.ChaosToolkit;

    /// <summary>Resolves everything but the probes.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="problems">Receives every value that could not be resolved.</param>
    /// <returns>Key to value, in the order of declaration; keys that are probes or could not be resolved are absent.</returns>
    public JsonObject ResolveStatic(JsonObject experiment, ProblemList problems)
    {
        var values = new JsonObject();
        foreach (var (key, definition) in Definitions(experiment, problems))
        {
            switch (definition)
            {
                case JsonObject map when map.Text("type") == "env":
                    var (value, failure, warning) = EnvironmentReference.Configuration(map, sources.Environment);
                    if (failure is null)
                    {
                        values[key] = value;
                    }
                    else
                    {
                        problems.Error(Path[key], failure);
                    }

                    if (warning is not null && !IsCompatible)
                    {
                        problems.Warning(Path[key], warning);
                    }

                    break;
                case JsonObject map when IsProbe(map):
                    break;
                default:
                    values[key] = definition?.DeepClone();
                    break;
            }
        }

        return values;
    }

    /// <summary>
    /// Runs the probes, in the order of declaration. Each sees the keys declared before it, and all secrets. One that fails
    /// is an error that says why; in compatibility mode its key is absent, with one warning for all of them.
    /// </summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="known">What <see cref="ResolveStatic"/> returned; it is not changed.</param>
    /// <param name="secrets">The resolved secrets.</param>
    /// <param name="run">Runs a probe: without controls, pauses or a place in the journal.</param>
    /// <param name="problems">Receives the failures, with secrets masked.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The whole configuration, in the order of declaration.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<JsonObject> ResolveDynamicAsync(
        JsonObject experiment,
        JsonObject known,
        JsonObject secrets,
        Func<Activity, ResolvedValues, CancellationToken, ValueTask<ActivityResult>> run,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        var values = new JsonObject();
        var mask = SecretMask.For(new ResolvedValues(known, secrets));
        var failed = false;
        foreach (var (key, definition) in Definitions(experiment, null))
        {
            if (definition is not JsonObject map || !IsProbe(map))
            {
                if (known.TryGetPropertyValue(key, out var value))
                {
                    values[key] = value?.DeepClone();
                }

                continue;
            }

            var probe = new Activity(map.DeepClone().AsObject());
            var (output, failure, warning) = probe.ProviderType.Length == 0
                ? new ConvertedValue(null, "it has no provider with a type")
                : DynamicValue.From(probe.ProviderType, await run(probe, new ResolvedValues(values, secrets), cancellationToken), mask);
            if (failure is null)
            {
                values[key] = output;
            }
            else if (IsCompatible)
            {
                failed = true;
            }
            else
            {
                problems.Error(Path[key], mask.Apply($"the probe that gives the value of '{key}' failed: {failure}"));
            }

            if (warning is not null && !IsCompatible)
            {
                problems.Warning(Path[key], mask.Apply($"the value of '{key}': {warning}"));
            }
        }

        if (failed)
        {
            problems.Warning(
                Path, "Some of the dynamic configuration failed to be loaded.Please review the log file for understanding what happened.");
        }

        return values;
    }

    private static bool IsProbe(JsonObject definition) => definition.Text("type") == "probe";

    private IEnumerable<KeyValuePair<string, JsonNode?>> Definitions(JsonObject experiment, ProblemList? problems)
    {
        if (!experiment.TryGetPropertyValue("configuration", out var node))
        {
            node = new JsonObject();
        }

        if (node is not JsonObject declared)
        {
            problems?.Error(Path, "configuration must be a map of keys to values");
            yield break;
        }

        var overrides = sources.Overrides.Configuration;
        foreach (var (key, definition) in declared)
        {
            yield return new(key, overrides.TryGetPropertyValue(key, out var given) ? given : definition);
        }

        if (IsCompatible || problems is null)
        {
            yield break;
        }

        foreach (var (key, _) in overrides)
        {
            if (!declared.ContainsKey(key))
            {
                problems.Warning(Path, $"the variable '{key}' is ignored: the experiment's configuration does not declare it");
            }
        }
    }
}
