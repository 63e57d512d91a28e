using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Experiments.Validation;

namespace Turbulence.Cli.Wizard;

/// <summary>Holds what is being made against the rules of <c>chaos validate</c>, at once and bit by bit.</summary>
/// <param name="validator">Knows the rules.</param>
internal sealed class DraftCheck(ExperimentValidator validator)
{
    /// <summary>What is wrong with an activity of the method or the rollbacks; null for nothing.</summary>
    public string? Problem(ActivityDraft activity) =>
        First(new ExperimentDraft { Method = { activity } }.ToJson(), static problem => problem.Severity == ProblemSeverity.Error);

    /// <summary>What is wrong with a probe of the steady state; null for nothing. Of its tolerance a warning is enough.</summary>
    public string? ProbeProblem(ActivityDraft probe) => First(
        new ExperimentDraft { Probes = { probe } }.ToJson(),
        static problem => problem.Severity == ProblemSeverity.Error || problem.Pointer.Contains("/tolerance", StringComparison.Ordinal));

    /// <summary>Every problem of an experiment that was read back from its text.</summary>
    public ProblemList Problems(DocumentMap map) => validator.Validate(map.Root, map);

    private string? First(JsonObject experiment, Func<Problem, bool> counts) =>
        validator.Validate(experiment, new DocumentMap { Root = experiment }).FirstOrDefault(counts)?.Message;
}
