using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Controls;
using Turbulence.Experiments;
using Turbulence.Experiments.Loading;
using Turbulence.Experiments.Validation;
using Turbulence.Running;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>Takes an experiment in: loads it, validates it, and says everything that is wrong with it.</summary>
/// <param name="outputs">Where it is said.</param>
/// <param name="settings">Whose rules apply.</param>
/// <param name="auths">The settings' credentials for servers of experiments.</param>
/// <param name="time">Measures the time limit of a download.</param>
internal sealed class Intake(
    Outputs outputs, GlobalSettings settings, IReadOnlyDictionary<string, SourceAuth> auths, TimeProvider time)
{
    private SourceExcerpt? excerpt;

    /// <summary>Whether every key that is not known is an error.</summary>
    public bool Strict { get; init; }

    /// <summary>The first error that <see cref="ValidateAsync"/> found; null for none so far.</summary>
    public Problem? FirstError { get; private set; }

    /// <summary>Loads the experiment; null, after its problem was said, where that is not possible.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<LoadedExperiment?> LoadAsync(string source, bool verifyTls, CancellationToken cancellationToken)
    {
        var options = new LoadOptions { Compatibility = settings.Compatibility, VerifyTls = verifyTls, Auths = auths };
        var loaded = await new ExperimentLoader(time).LoadAsync(source, options, cancellationToken);
        excerpt = new SourceExcerpt(loaded.Text, loaded.Experiment?.Document);
        if (loaded.Problems.Count > 0)
        {
            outputs.Say(loaded.Problems, loaded.DisplayName, settings.Compatibility, excerpt);
        }

        return loaded.Experiment;
    }

    /// <summary>Validates the experiment and says every problem.</summary>
    /// <param name="loaded">The experiment.</param>
    /// <param name="providers">Validate their activities.</param>
    /// <param name="controls">Validate their controls.</param>
    /// <param name="sources">Where its configuration and secrets come from.</param>
    /// <param name="cancellationToken">Ends the look-up of secrets and of foreign code.</param>
    /// <returns>Whether it can be run.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<bool> ValidateAsync(
        LoadedExperiment loaded,
        ActivityProviders providers,
        ControlProviders controls,
        ValueSources sources,
        CancellationToken cancellationToken)
    {
        outputs.Say(NoticeLevel.Information, "Validating the experiment's syntax");
        var values = await ValueProblemsAsync(loaded, sources, cancellationToken);
        var validator = new ExperimentValidator(providers, settings.Compatibility, controls) { Strict = Strict };
        await validator.PrepareAsync(loaded.Document, cancellationToken);
        var problems = validator.Validate(loaded.Document, loaded.Map, values);
        if (problems.Count > 0)
        {
            outputs.Say(problems, loaded.DisplayName, settings.Compatibility, excerpt);
        }

        // The text of a large experiment is not kept while it runs.
        excerpt = null;
        FirstError = problems.FirstOrDefault(static problem => problem.Severity == ProblemSeverity.Error);
        return !problems.HasErrors;
    }

    /// <summary>Says what of an experiment that is run without validation cannot be read at all; the reference looks at nothing of it.</summary>
    /// <returns>Whether it can be run.</returns>
    public bool CanRead(LoadedExperiment loaded)
    {
        if (settings.Compatibility == Compatibility.ChaosToolkit)
        {
            return true;
        }

        var problems = ExperimentShape.Check(loaded.Document, loaded.Map);
        if (problems.HasErrors)
        {
            outputs.Say(problems, loaded.DisplayName, settings.Compatibility);
            outputs.Say(NoticeLevel.Error, "Nothing was run: what cannot be read is not run, with validation or without");
            FirstError = problems.First(static problem => problem.Severity == ProblemSeverity.Error);
        }

        return !problems.HasErrors;
    }

    private static async Task<IEnumerable<Problem>> ValueProblemsAsync(
        LoadedExperiment loaded, ValueSources sources, CancellationToken cancellationToken)
    {
        // A block of the wrong shape is told by the validator, and has no values to look at.
        if (IsMisshapen(loaded, "configuration") || IsMisshapen(loaded, "secrets"))
        {
            return [];
        }

        var problems = new ProblemList(loaded.Map);
        await new ValueResolver(sources).ResolveForValidationAsync(loaded.Document, problems, cancellationToken);
        return problems;
    }

    private static bool IsMisshapen(LoadedExperiment loaded, string key) =>
        loaded.Document.TryGetPropertyValue(key, out var block) && block is not JsonObject;
}
