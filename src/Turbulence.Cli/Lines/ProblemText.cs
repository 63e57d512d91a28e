using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Cli.Lines;

/// <summary>Says a problem of an experiment in one line that editors and people can follow to its place.</summary>
internal static class ProblemText
{
    // Keys are the writer's own, and of any length.
    private const int LongestPointer = 500;

    /// <summary><c>experiment.json:12:5: error: message (at /method/0/provider)</c>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="source">What the experiment is called.</param>
    public static string Of(Problem problem, string source)
    {
        var place = problem.Position is { } position ? $"{source}:{position}" : source;
        var severity = problem.Severity == ProblemSeverity.Error ? "error" : "warning";
        var pointer = problem.Pointer.Length == 0 ? "" : $" (at {SecretMask.None.Mask(problem.Pointer).Shorten(LongestPointer)})";
        return PrintableText.OneLine($"{place}: {severity}: {problem.Message.Trim()}{pointer}");
    }

    /// <summary><c>2 errors, 1 warning</c>.</summary>
    public static string Count(IReadOnlyCollection<Problem> problems)
    {
        var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        var warnings = problems.Count - errors;
        var text = errors == 0 ? "" : errors == 1 ? "1 error" : $"{errors} errors";
        var and = errors > 0 && warnings > 0 ? ", " : "";
        return warnings == 0 ? text : $"{text}{and}{(warnings == 1 ? "1 warning" : $"{warnings} warnings")}";
    }
}
