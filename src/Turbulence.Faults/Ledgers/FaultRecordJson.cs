using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Ledgers;

/// <summary>A fault's file.</summary>
internal static class FaultRecordJson
{
    /// <summary>The file's text.</summary>
    public static byte[] Write(FaultRecord record) => Text(FaultRecordMask.Of(record));

    private static byte[] Text(FaultRecord record) => RecordJson.Text(new JsonObject
    {
        ["schema"] = RecordJson.Schema,
        ["id"] = record.Id,
        ["state"] = Name(record.State),
        ["kind"] = record.Kind,
        ["activity"] = record.Activity,
        ["run"] = record.Run,
        ["runner"] = RecordJson.Runner(record.Runner),
        ["planned"] = RecordJson.Time(record.Planned),
        ["due"] = record.Due is { } due ? RecordJson.Time(due) : null,
        ["targets"] = new JsonArray([.. record.Targets.Select(target => new JsonObject { ["key"] = target.Key, ["text"] = target.Text })]),
        ["undo_text"] = record.UndoText,
        ["undo"] = record.Undo.DeepClone(),
        ["hidden"] = record.Hidden.Count == 0 ? null : new JsonArray([.. record.Hidden.Select(secret => JsonValue.Create(secret))]),
        ["irreversible"] = record.IsIrreversible,
        ["effect"] = Write(record.Effect),
        ["confirmation"] = Write(record.Confirmation),
        ["reverted_by"] = record.RevertedBy,
        ["problem"] = record.Problem,
    });

    /// <summary>Reads the file's text.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> text, [NotNullWhen(true)] out FaultRecord? record, [NotNullWhen(false)] out string? problem) =>
        RecordJson.TryRead(text, Read, out record, out problem);

    /// <summary>The state in the file, and in lists: <c>active</c>.</summary>
    public static string Name(FaultState state) => state.ToString().ToLowerInvariant();

    // A record that says that its fault is gone, and not what was seen of that, is no word: whoever reads it takes the fault for one that
    // may be in.
    private static FaultRecord Read(JsonObject text)
    {
        var record = Fields(text);
        return record is { State: FaultState.Confirmed, Confirmation: not { Seen: true } }
            ? throw new FormatException("it says confirmed, and not what was seen")
            : record;
    }

    private static FaultRecord Fields(JsonObject record) => new(
        RecordJson.Text(record, "id"),
        RecordJson.Text(record, "run"),
        RecordJson.Text(record, "kind"),
        RecordJson.Text(record, "activity"),
        RecordJson.Runner(record, "runner", Machine.Boot),
        RecordJson.OptionalTime(record, "planned") ?? throw new FormatException("'planned' is missing"),
        [.. (record["targets"] as JsonArray ?? throw new FormatException("'targets' is missing")).Select(Target)],
        record["undo"] as JsonObject is { } undo ? (JsonObject)undo.DeepClone() : throw new FormatException("'undo' is missing"),
        RecordJson.Text(record, "undo_text"))
    {
        State = StateOf(RecordJson.Text(record, "state")),
        Hidden = record["hidden"] is JsonArray { Count: > 0 } hidden ? [.. hidden.Select(secret => (string)secret!)] : [],
        Due = RecordJson.OptionalTime(record, "due"),
        IsIrreversible = RecordJson.Flag(record, "irreversible"),
        Effect = ReadEvidence(record["effect"]),
        Confirmation = ReadEvidence(record["confirmation"]),
        RevertedBy = RecordJson.OptionalText(record, "reverted_by"),
        Problem = RecordJson.OptionalText(record, "problem"),
    };

    private static FaultTarget Target(JsonNode? node) => node is JsonObject target
        ? new FaultTarget(RecordJson.Text(target, "key"), RecordJson.Text(target, "text"))
        : throw new FormatException("a target is not a map");

    private static FaultState StateOf(string name)
    {
        foreach (var state in Enum.GetValues<FaultState>())
        {
            if (Name(state) == name)
            {
                return state;
            }
        }

        throw new FormatException($"there is no state '{name}'");
    }

    private static JsonObject? Write(Evidence? evidence) =>
        evidence is null ? null : new JsonObject { ["seen"] = evidence.Seen, ["text"] = evidence.Text };

    private static Evidence? ReadEvidence(JsonNode? node) =>
        node is JsonObject evidence ? new Evidence(RecordJson.Flag(evidence, "seen"), RecordJson.Text(evidence, "text")) : null;
}
