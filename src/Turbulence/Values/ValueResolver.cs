using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Values;

/// <summary>
/// Resolves configuration and secrets in the one order that the format has: static configuration, secrets (Vault's place
/// comes from the former), then the probes of the configuration (which see both).
/// </summary>
/// <param name="sources">Where values come from besides the experiment.</param>
public sealed class ValueResolver(ValueSources sources)
{
    /// <summary>Resolves everything, for a run. Probes are run only when nothing before them went wrong.</summary>
    /// <param name="experiment">The experiment; it is not changed.</param>
    /// <param name="run">Runs a probe: without controls, pauses or a place in the journal.</param>
    /// <param name="problems">Receives what could not be resolved.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The values; of use only when <paramref name="problems"/> has no errors.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<ResolvedValues> ResolveAsync(
        JsonObject experiment,
        Func<Activity, ResolvedValues, CancellationToken, ValueTask<ActivityResult>> run,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        var before = Errors(problems);
        var known = await ResolveStaticAsync(experiment, sources, problems, cancellationToken);
        if (Errors(problems) > before)
        {
            return known;
        }

        var configuration = await new ConfigurationResolver(sources)
            .ResolveDynamicAsync(experiment, known.Configuration, known.Secrets, run, problems, cancellationToken);
        return new ResolvedValues(configuration, known.Secrets);
    }

    /// <summary>
    /// Resolves what validation looks at: everything but the probes. In compatibility mode <c>--var</c> and variable files do
    /// not count here, as in the reference.
    /// </summary>
    /// <param name="experiment">The experiment; it is not changed.</param>
    /// <param name="problems">Receives what could not be resolved.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The values, without those of probes.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<ResolvedValues> ResolveForValidationAsync(
        JsonObject experiment,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        var visible = sources.Compatibility == Compatibility.ChaosToolkit ? sources with { Overrides = VariableOverrides.None } : sources;
        return ResolveStaticAsync(experiment, visible, problems, cancellationToken);
    }

    private static async ValueTask<ResolvedValues> ResolveStaticAsync(
        JsonObject experiment,
        ValueSources sources,
        ProblemList problems,
        CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationResolver(sources).ResolveStatic(experiment, problems);
        var secrets = await new SecretsResolver(sources).ResolveAsync(experiment, configuration, problems, cancellationToken);
        return new ResolvedValues(configuration, secrets);
    }

    private static int Errors(ProblemList problems) => problems.Count(problem => problem.Severity == ProblemSeverity.Error);
}
