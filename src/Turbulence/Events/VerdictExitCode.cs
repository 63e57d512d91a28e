using Turbulence.Documents;

namespace Turbulence.Events;

/// <summary>How the command line and the journal say an outcome in one number.</summary>
public static class VerdictExitCode
{
    private const int NeedsAPerson = 5;

    extension(RunOutcome outcome)
    {
        /// <summary>
        /// 0 for passed and for a rehearsal, 1 to 4 for the other verdicts, and 5 above all of them where the system needs a person; in
        /// compatibility mode 0 or 1, as the reference has it.
        /// </summary>
        public int ExitCode => (outcome.Compatibility, outcome.NeedsAPerson, outcome.Verdict) switch
        {
            (Compatibility.ChaosToolkit, false, Verdict.Passed or Verdict.Dry) => 0,
            (Compatibility.ChaosToolkit, _, _) => 1,
            (_, true, _) => NeedsAPerson,
            (_, _, Verdict.Dry) => 0,
            _ => (int)outcome.Verdict,
        };
    }
}
