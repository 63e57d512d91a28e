using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Faults.Contracts;

/// <summary>All that is known of one fault, as it stands on disk. Another process takes the fault back from this alone.</summary>
/// <param name="Id">Names it on this machine, for people to type: short, of lower-case letters and digits.</param>
/// <param name="Run">The run that it belongs to.</param>
/// <param name="Kind">The wire name of its kind.</param>
/// <param name="Activity">The name of the activity that asked for it.</param>
/// <param name="Runner">The process that injects it.</param>
/// <param name="Planned">When it was planned.</param>
/// <param name="Targets">What it hits.</param>
/// <param name="Undo">What its kind needs to take it back, and to see whether that worked. It may hold secrets: the file is its owner's
/// alone.</param>
/// <param name="UndoText">The same for people, in one line, without secrets.</param>
public sealed record FaultRecord(
    string Id,
    string Run,
    string Kind,
    string Activity,
    RunnerIdentity Runner,
    DateTimeOffset Planned,
    IReadOnlyList<FaultTarget> Targets,
    JsonObject Undo,
    string UndoText)
{
    /// <summary>Where it is on its way.</summary>
    public FaultState State { get; init; }

    /// <summary>
    /// The secrets that stand in the undo: they are taken out of everything that is said of the fault to people. The file is its owner's
    /// alone.
    /// </summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>When it has to be taken back at the latest; null for the end of the run.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>
    /// Whether it cannot be taken back, which the experiment has allowed. It then goes from active to confirmed by the end of the run.
    /// </summary>
    public bool IsIrreversible { get; init; }

    /// <summary>What was seen of its effect; null before anybody looked.</summary>
    public Evidence? Effect { get; init; }

    /// <summary>What was seen after it was taken back; null before anybody looked.</summary>
    public Evidence? Confirmation { get; init; }

    /// <summary>
    /// Who took it back in place of the run that put it in: its guardian, a person, another command. Null where the run did, and before.
    /// Confirmed, with what was seen, this is the word that a run accepts from others; that a record is gone is none.
    /// </summary>
    public string? RevertedBy { get; init; }

    /// <summary>Why the last step did not work, in one line; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>What a run tells of it.</summary>
    public FaultReport ToReport() => new(Id, Kind, Activity, State, [.. Targets.Select(target => target.Text)], UndoText)
    {
        Due = Due,
        IsIrreversible = IsIrreversible,
        Effect = Effect,
        Confirmation = Confirmation,
        RevertedBy = RevertedBy,
        Problem = Problem,
    };
}
