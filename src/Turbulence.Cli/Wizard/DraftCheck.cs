using Turbulence.Documents;
using Turbulence.Validation;

namespace Turbulence.Cli.Wizard;

/// <summary>Holds what is being made against the rules of <c>chaos validate</c>, at once and bit by bit.</summary>
/// <param name="validator">Knows the rules.</param>
internal sealed class DraftCheck(ExperimentValidator validator)
{
    /// <summary>What is wrong with the declaration of an activity; null for nothing. Nobody's code is looked at.</summary>
    public string? Problem(ActivityDraft activity) => First(new ExperimentDraft { Method = { activity } }, IsError);

    /// <summary>What is wrong with a probe of the steady state; null for nothing. Of its tolerance a warning is enough.</summary>
    public string? ProbeProblem(ActivityDraft probe) => First(
        new ExperimentDraft { Probes = { probe } },
        static problem => IsError(problem) || problem.Pointer.Contains("/tolerance", StringComparison.Ordinal));

    /// <summary>What is wrong with an activity, the code that it names included; null for nothing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> ProblemAsync(ActivityDraft activity, CancellationToken cancellationToken)
    {
        var experiment = new ExperimentDraft { Method = { activity with { Tolerance = null } } }.ToJson();
        return (await ProblemsAsync(new DocumentMap { Root = experiment }, cancellationToken)).FirstOrDefault(IsError)?.Message;
    }

    /// <summary>Every problem of an experiment that was read back from its text.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ProblemList> ProblemsAsync(DocumentMap map, CancellationToken cancellationToken)
    {
        await validator.PrepareAsync(map.Root, cancellationToken);
        return validator.Validate(map.Root, map);
    }

    private static bool IsError(Problem problem) => problem.Severity == ProblemSeverity.Error;

    private string? First(ExperimentDraft draft, Func<Problem, bool> counts)
    {
        var experiment = draft.ToJson();
        return validator.Validate(experiment, new DocumentMap { Root = experiment }).FirstOrDefault(counts)?.Message;
    }
}
