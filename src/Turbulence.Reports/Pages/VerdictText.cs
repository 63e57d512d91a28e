using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Pages;

/// <summary>A verdict for who has ten seconds: a sign, a word and a sentence.</summary>
/// <param name="Sign">A shape that says the same as the colour.</param>
/// <param name="Word">The word.</param>
/// <param name="Sentence">What it means.</param>
/// <param name="Tone">The colour: <c>good</c>, <c>bad</c>, <c>doubt</c>, <c>alarm</c>.</param>
internal readonly record struct VerdictText(string Sign, string Word, string Sentence, string Tone)
{
    /// <summary>That of a run. Whatever needs a person is said first.</summary>
    public static VerdictText Of(ReportedRun run) => run.NeedsAPerson
        ? new("!", "needs a person", "Something that was put in was not seen to be taken back: look at the system before anything else.",
            "alarm")
        : run.Verdict switch
        {
            ReportedVerdict.Passed => new("✓", "passed", Passed(run), "good"),
            ReportedVerdict.Deviated => new("✗", "deviated", "A weakness was found: the system did not do what it should.", "bad"),
            ReportedVerdict.Failed => new("✗", "failed", "The experiment could not be carried out, so nothing is known of the system.",
                "doubt"),
            ReportedVerdict.Inconclusive => new("?", "inconclusive", "Nothing was proven.", "doubt"),
            ReportedVerdict.Interrupted => new("■", "interrupted", "The run was stopped before its end; what was put in is taken back.",
                "doubt"),
            ReportedVerdict.Dry => new("?", "dry", "A rehearsal: something was left out on request, so nothing was proven.", "doubt"),
            ReportedVerdict.Unfinished => new("~", "unfinished", "The journal has no end: the run goes on, or its runner was killed.",
                "doubt"),
            _ => new("!", "needs a person", "Look at the system before anything else.", "alarm"),
        };

    private static string Passed(ReportedRun run) => run.IsReference
        ? "Every steady state was met. Whether a fault was in, a journal of the reference runner does not say."
        : run.Faults.Count > 0
            ? "The system did what it should while it was hurt, and everything is as it was."
            : "The system did what it should. No fault of ours was in.";
}
