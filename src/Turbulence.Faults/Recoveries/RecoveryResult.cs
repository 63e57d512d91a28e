using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Recoveries;

/// <summary>What recovery found and what became of it.</summary>
/// <param name="Faults">The faults that nobody looked after, as they stand now.</param>
/// <param name="Damaged">What could not be read.</param>
public sealed record RecoveryResult(IReadOnlyList<FaultRecord> Faults, IReadOnlyList<DamagedFile> Damaged)
{
    /// <summary>Which runs the damage may be of, in words that follow "a fault"; empty where no run is dead.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What the ledger did not do, one line each; none of it has kept a fault from being taken back.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>The processes that dead runs had left running.</summary>
    public IReadOnlyList<RunRemains> Remains { get; init; } = [];

    /// <summary>The runs of other hosts, one line each; nothing of them was touched.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Those of them that could not be ended.</summary>
    public IReadOnlyList<RunRemains> Unended { get; init; } = [];

    /// <summary>Whether nothing is left that a person has to look at.</summary>
    public bool IsClean => Damaged.Count == 0
        && Unended.Count == 0
        && (Complaints.Count == 0 || Faults.Count == 0)
        && Faults.All(fault => fault.State == FaultState.Confirmed);

    /// <summary>What is left, and what a person has to do about it, one line each.</summary>
    public IEnumerable<string> Left =>
    [
        .. Faults.Where(fault => fault.State != FaultState.Confirmed).Select(fault =>
            $"fault {fault.Id} ({fault.Kind}) on {string.Join(", ", fault.Targets.Select(target => target.Text))} could not be taken back: {fault.Problem?.TrimEnd('.')}; "
            + $"what to do: 'chaos faults revert {fault.Id}', or by hand: {fault.UndoText}"),
        .. Unended.Select(remains => $"{remains.Text} and could not be ended: end them by hand"),
        .. Complaints,
        .. Damaged.Select(
            file =>
                $"{file.Path} {file.Problem.TrimEnd('.')}; it may be the undo of a fault{Origin}: look at it, take back by hand what it says, and move it away"),
    ];
}
