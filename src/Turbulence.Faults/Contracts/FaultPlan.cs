using System.Text.Json.Nodes;

namespace Turbulence.Faults.Contracts;

/// <summary>What a fault would hit, and how it would be taken back.</summary>
/// <param name="Targets">What it would hit; at least one.</param>
/// <param name="Undo">What <see cref="IFaultKind.RevertAsync"/> and <see cref="IFaultKind.CheckAsync"/> will need.</param>
/// <param name="UndoText">The undo for people, in one line, without secrets.</param>
public sealed record FaultPlan(IReadOnlyList<FaultTarget> Targets, JsonObject Undo, string UndoText)
{
    /// <summary>What is going to happen, for people, in one line: <c>SIGKILL to process 4711 (rand-server 8002 primary)</c>.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// The secrets that stand in what is here: whoever takes the fault back, knowing nothing else of the run, takes them out of what it
    /// says.
    /// </summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Whether it cannot be taken back: it is refused unless the provider says <c>"irreversible": true</c>.</summary>
    public bool IsIrreversible { get; init; }
}
