using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>A record as text, and back: nothing else goes from one process to another.</summary>
internal static class RecordText
{
    public static string Write(FaultRecord record) => new JsonObject
    {
        ["id"] = record.Id,
        ["kind"] = record.Kind,
        ["state"] = (int)record.State,
        ["targets"] = new JsonArray([.. record.Targets.Select(target => new JsonObject { ["key"] = target.Key, ["text"] = target.Text })]),
        ["undo"] = record.Undo.DeepClone(),
        ["undo_text"] = record.UndoText,
    }.ToJsonString();

    public static FaultRecord Read(string text)
    {
        var json = JsonNode.Parse(text)!;
        return new FaultRecord(
            (string)json["id"]!,
            "run",
            (string)json["kind"]!,
            "a fault of a test",
            RunnerIdentity.Of(default),
            TimeProvider.System.GetUtcNow(),
            [.. json["targets"]!.AsArray().Select(target => new FaultTarget((string)target!["key"]!, (string)target["text"]!))],
            json["undo"]!.DeepClone().AsObject(),
            (string)json["undo_text"]!)
        {
            State = (FaultState)(int)json["state"]!,
        };
    }
}
