namespace Turbulence.Reports.Weaknesses;

/// <summary>A kind of what can be found wrong with a system.</summary>
/// <param name="Id">Its id, which stays.</param>
/// <param name="Level">How grave it is: <c>warning</c>, <c>error</c>.</param>
/// <param name="Short">What it is, in a few words.</param>
/// <param name="Full">What it means.</param>
internal sealed record WeaknessRule(string Id, string Level, string Short, string Full)
{
    /// <summary>A tolerance of the steady state was missed.</summary>
    public static WeaknessRule SteadyState { get; } = new(
        "steady-state-missed", "warning", "The steady state was missed",
        "A probe of the steady state was not within its tolerance while or after faults were in: the system does not tolerate them.");

    /// <summary>A tolerance in the method was missed.</summary>
    public static WeaknessRule Tolerance { get; } = new(
        "tolerance-missed", "warning", "A tolerance was missed",
        "An activity of the method was not within its tolerance while faults were in.");

    /// <summary>The users felt more than they may.</summary>
    public static WeaknessRule Users { get; } = new(
        "users-felt-more", "warning", "Users felt more than they may",
        "The users of the system lost more, waited longer, or were without an answer for longer than their tolerance allows.");

    /// <summary>A fault may still be in.</summary>
    public static WeaknessRule NotTakenBack { get; } = new(
        "fault-not-taken-back", "error", "A fault was not seen to be taken back",
        "Something that was injected may still be in. The system needs a person.");

    /// <summary>A rollback failed.</summary>
    public static WeaknessRule Rollback { get; } = new(
        "rollback-failed", "error", "A rollback failed",
        "What a rollback of the experiment takes back may still be there. The system needs a person.");

    /// <summary>
    /// Whether somebody may expect it: where something may still be in, a person has to look, however often it was so before.
    /// </summary>
    public bool MayBeExpected => Level == "warning";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static List<WeaknessRule> All { get; } = [SteadyState, Tolerance, Users, NotTakenBack, Rollback];
}
