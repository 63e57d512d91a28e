using System.Text.Json.Nodes;

namespace Turbulence.Faults.Contracts;

/// <summary>What a kind may use while it injects, looks or reverts.</summary>
/// <param name="time">The clock.</param>
/// <param name="self">The command line that starts this program again, for faults that live in a child process: the file, then its first
/// arguments.</param>
/// <param name="save">Writes a changed undo to disk, durably.</param>
public sealed class FaultTools(TimeProvider time, IReadOnlyList<string> self, Func<JsonObject, ValueTask> save)
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>The command line that starts this program again: the file, then its first arguments.</summary>
    public IReadOnlyList<string> Self { get; } = self;

    /// <summary>Told that the step goes on; see <see cref="GoesOn"/>. Default: nobody listens.</summary>
    internal Action Progress { get; init; } = static () => { };

    /// <summary>
    /// Says that the step goes on: one with much to do says so with each piece that it has done, and is then not given up for taking long.
    /// It costs next to nothing. What only waits does not say it.
    /// </summary>
    public void GoesOn() => Progress();

    /// <summary>
    /// Puts what only injecting can tell (the id of a child that was started) into the record, and returns when it is on disk. What would
    /// be lost when the process died just before is to be found another way, by the fault's id.
    /// </summary>
    /// <param name="undo">The whole undo.</param>
    public ValueTask SaveAsync(JsonObject undo) => save(undo);
}
