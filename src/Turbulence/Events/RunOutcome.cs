using Turbulence.Documents;

namespace Turbulence.Events;

/// <summary>How a run ended.</summary>
/// <param name="Status">The journal's <c>status</c>.</param>
/// <param name="Deviated">The journal's <c>deviated</c>.</param>
/// <param name="Verdict">What the run has shown.</param>
/// <param name="NeedsAPerson"> Whether something was not seen to be taken back, whatever the verdict says: a fault that may still be in, a
/// rollback that failed, a service that was there before the run and is not any more.
/// </param>
/// <param name="Reasons">Why the verdict is what it is, one line each; empty for a plain pass.</param>
public sealed record RunOutcome(RunStatus Status, bool Deviated, Verdict Verdict, bool NeedsAPerson, IReadOnlyList<string> Reasons)
{
    /// <summary>Whose rules made it. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>
    /// The verdict in the word that every output uses: the verdict's own name in lower case, but <c>needs-a-person</c> for a pass after
    /// which something was not seen to be taken back. Nobody who reads a word alone may take that for a pass.
    /// </summary>
    public string Word =>
        Verdict is Verdict.Passed or Verdict.Dry && NeedsAPerson ? "needs-a-person" : Verdict.ToString().ToLowerInvariant();

    /// <summary>
    /// What else has to be known to judge the verdict, whatever it is, one line each: services that the run did not start itself.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The faults of the run with what was seen of them, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultReport> Faults { get; init; } = [];

    /// <summary>The outcome without secrets.</summary>
    internal RunOutcome Masked(EventMask mask) => mask.IsEmpty ? this : this with
    {
        Reasons = mask.Of(Reasons),
        Notes = mask.Of(Notes),
        Faults = [.. Faults.Select(fault => fault.Masked(mask))],
    };
}
