using System.Globalization;
using System.Text;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Reports.Texts;
using Turbulence.Runs.Requests;
using Turbulence.Testing.Seeds;

namespace Turbulence.Testing.Results;

/// <summary>Says in a few lines what somebody has to know who sees no more than that a test has failed.</summary>
internal static class FailureText
{
    /// <summary>Of an experiment that was run.</summary>
    public static string Of(RunOutcome outcome, ResultFiles files, int seed)
    {
        var text = new StringBuilder();
        var run = files.Journal.Run;
        text.Append(CultureInfo.InvariantCulture, $"{run?.Title ?? "the experiment"}: {outcome.Word}");
        foreach (var reason in outcome.Reasons)
        {
            Line(text, "why", reason);
        }

        if (run is not null)
        {
            var brief = new RunInShort(run);
            Line(text, "done", brief.Done);
            Line(text, "users", brief.Users);
            Line(text, "as it was", brief.Now);
            Line(text, "to do", brief.Next);
        }

        Line(text, "report", files.ReportProblem ?? files.Report);
        Line(text, "journal", files.Journal.Problem ?? files.Journal.File);
        Line(text, "again", TestSeed.Again(seed));
        return text.ToString();
    }

    /// <summary>Of one that was refused.</summary>
    public static string Of(RunRefusal refusal, IReadOnlyList<Problem> problems)
    {
        var text = new StringBuilder($"the experiment was not run: {refusal.Text}");
        foreach (var problem in problems.Where(static problem => problem.Severity == ProblemSeverity.Error))
        {
            Line(text, "error", $"{problem.Message}{(problem.Pointer.Length > 0 ? $" ({problem.Pointer})" : "")}");
        }

        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"\n  {name + ":",-11}{value}");
}
