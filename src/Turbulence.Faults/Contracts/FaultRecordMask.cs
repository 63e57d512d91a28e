using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// Takes the secrets out of what a record says to people, whoever writes it: the runner, its guardian, or the next command.
/// </summary>
internal static class FaultRecordMask
{
    /// <summary>The record without secrets in its texts; its undo is as it was.</summary>
    public static FaultRecord Of(FaultRecord record)
    {
        if (record.Hidden.Count == 0)
        {
            return record;
        }

        var mask = SecretMask.Of(record.Hidden);
        return record with
        {
            Activity = mask.Apply(record.Activity),
            Targets = [.. record.Targets.Select(target => target with { Text = mask.Apply(target.Text) })],
            UndoText = mask.Apply(record.UndoText),
            Effect = Of(record.Effect, mask),
            Confirmation = Of(record.Confirmation, mask),
            Problem = record.Problem is { } problem ? mask.Apply(problem) : null,
        };
    }

    private static Evidence? Of(Evidence? evidence, SecretMask mask) =>
        evidence is null ? null : evidence with { Text = mask.Apply(evidence.Text), Traces = [.. evidence.Traces.Select(mask.Apply)] };
}
