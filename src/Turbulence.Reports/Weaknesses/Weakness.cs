using System.Security.Cryptography;
using System.Text;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Weaknesses;

/// <summary>Something that a run has found wrong with the system.</summary>
/// <param name="Rule">Which kind of it.</param>
/// <param name="Stage">Where in the run, in a word that stays.</param>
/// <param name="Name">The activity; null where it is nobody's.</param>
/// <param name="Text">What is wrong, in one line.</param>
internal sealed record Weakness(WeaknessRule Rule, string Stage, string? Name, string Text)
{
    /// <summary>The key of the experiment's list that the activity stands in.</summary>
    public string List { get; private init; } = "method";

    /// <summary>All of them. What was missed before the method says nothing of the faults.</summary>
    public static IEnumerable<Weakness> Of(ReportedRun run)
    {
        foreach (var one in run.Activities)
        {
            if (one.Phase == RunPhase.Rollbacks && one.Status is ActivityStatus.Failed or ActivityStatus.Crashed)
            {
                var why = $"rollback '{one.Name}' failed: {one.Error ?? "nobody said why"}";
                yield return new Weakness(WeaknessRule.Rollback, "rollbacks", one.Name, why)
                {
                    List = "rollbacks",
                };
            }
            else if (one is { ToleranceMet: false, Status: ActivityStatus.Succeeded or ActivityStatus.Failed, Phase: not RunPhase.Gate })
            {
                var isState = one.Phase is RunPhase.During or RunPhase.After or RunPhase.Closing;
                var rule = isState ? WeaknessRule.SteadyState : WeaknessRule.Tolerance;
                yield return new Weakness(rule, one.Phase.ToString().ToLowerInvariant(), one.Name, Missed(one))
                {
                    List = isState ? "probes" : one.Phase == RunPhase.Rollbacks ? "rollbacks" : "method",
                };
            }
        }

        foreach (var check in run.Checks.Where(check => check.Phase != RunPhase.Gate && check.IsMissedAlone(run)))
        {
            yield return new Weakness(
                WeaknessRule.SteadyState, check.Phase.ToString().ToLowerInvariant(), null,
                "the steady state was turned down, though each of its probes was within its tolerance")
            {
                List = "probes",
            };
        }

        // Of a run that goes on nobody knows yet.
        var isOver = run.Verdict != ReportedVerdict.Unfinished || run.Guardian is not null;
        foreach (var fault in run.Faults.Where(fault => isOver && fault.IsOutstanding))
        {
            yield return new Weakness(
                WeaknessRule.NotTakenBack, "faults", fault.Activity,
                $"fault {fault.Kind} of '{fault.Activity}' is {fault.State}: {fault.Problem ?? fault.Confirmation?.Text ?? "nobody has seen that everything is as it was"}"
                    + (fault.Undo is { } undo ? $"; what to do: {undo}" : ""));
        }

        // What nobody knows is no finding.
        foreach (var load in run.Loads.Where(load => load.ToleranceMet == false && run.Verdict != ReportedVerdict.Inconclusive))
        {
            var missed = run.Reasons.Where(static reason => reason.StartsWith("users: ", StringComparison.Ordinal)).ToList();
            yield return new Weakness(
                WeaknessRule.Users, "users", null,
                missed.Count > 0 ? string.Join("; ", missed) : $"{load.Name}: more than {load.Tolerance} was felt");
        }
    }

    /// <summary>What is the same for the same finding in every run.</summary>
    /// <param name="title">The experiment's title.</param>
    public string Fingerprint(string title) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', title, Rule.Id, Stage, Name))).AsSpan(0, 16));

    private static string Missed(ReportedActivity one)
    {
        var what = one.Type == "action" ? "action" : "probe";
        var when = one.Phase switch
        {
            RunPhase.During => "while the method played",
            RunPhase.After => "after the method",
            RunPhase.Closing => "after the rollbacks",
            RunPhase.Rollbacks => "in the rollbacks",
            _ => "in the method",
        };
        return $"{when}: {what} '{one.Name}' "
            + (one.Error is { } error ? $"failed: {error}" : $"missed its tolerance: expected {one.Tolerance ?? "what it tolerates"}, got {one.Output ?? "nothing"}");
    }
}
