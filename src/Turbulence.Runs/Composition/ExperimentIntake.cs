using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Load.Users;
using Turbulence.Loading;
using Turbulence.Runs.Loading;
using Turbulence.Runs.Requests;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Runs.Composition;

/// <summary>Takes an experiment in: loads it, validates it, and tells everything that is wrong with it.</summary>
/// <param name="request">Whose rules apply.</param>
/// <param name="place">Where relative paths begin.</param>
/// <param name="listener">Hears what is wrong.</param>
internal sealed class ExperimentIntake(RunRequest request, RunPlace place, IRunListener listener)
{
    private readonly List<Problem> problems = [];
    private SourceText? text;

    /// <summary>What was found so far, in the order in which it was.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>The first error so far; null for none.</summary>
    public Problem? FirstError => problems.Find(static problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>Tells what was found elsewhere.</summary>
    /// <returns>Whether it lets the run go on.</returns>
    public bool Accepts(IReadOnlyList<Problem> found, string source)
    {
        problems.AddRange(found);
        if (found.Count > 0)
        {
            listener.Found(found, source, text);
        }

        return found.All(static problem => problem.Severity != ProblemSeverity.Error);
    }

    /// <summary>Loads the experiment; null, after its problem was told, where that is not possible.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<LoadedExperiment?> LoadAsync(ExperimentSource source, CancellationToken cancellationToken)
    {
        var loaded = await source.LoadAsync(request, place, cancellationToken);
        text = new SourceText(loaded);
        Accepts(loaded.Problems, loaded.DisplayName);
        return loaded.Experiment;
    }

    /// <summary>Validates the experiment and tells every problem.</summary>
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
        listener.Say(NoticeLevel.Information, "Validating the experiment's syntax");
        var values = await ValueProblemsAsync(loaded, sources, cancellationToken);
        var validator = new ExperimentValidator(providers, request.Compatibility, controls) { Strict = request.Strict };
        await validator.PrepareAsync(loaded.Frame, loaded.Map, cancellationToken);
        var users = new ProblemList(loaded.Map);
        UserBlock.Validate(loaded.Frame, users);
        var isValid = Accepts([.. validator.Validate(loaded.Frame, loaded.Map, values.Concat(users))], loaded.DisplayName);

        // The text of a large experiment is not kept while it runs.
        text = null;
        return isValid;
    }

    /// <summary>
    /// Tells what of an experiment that is run without validation cannot be read at all; the reference looks at nothing of it.
    /// </summary>
    /// <returns>Whether it can be run.</returns>
    public bool CanRead(LoadedExperiment loaded)
    {
        text = null;
        if (request.Compatibility == Compatibility.ChaosToolkit
            || ExperimentShape.Check(loaded.Frame, loaded.Map) is not { HasErrors: true } shape)
        {
            return true;
        }

        Accepts([.. shape], loaded.DisplayName);
        listener.Say(NoticeLevel.Error, "Nothing was run: what cannot be read is not run, with validation or without");
        return false;
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
        await new ValueResolver(sources).ResolveForValidationAsync(loaded.Frame, problems, cancellationToken);
        return problems;
    }

    private static bool IsMisshapen(LoadedExperiment loaded, string key) =>
        loaded.Frame.TryGetPropertyValue(key, out var block) && block is not System.Text.Json.Nodes.JsonObject;
}
