using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>How processes stand in an undo record.</summary>
internal static class UndoJson
{
    public static JsonNode Write(ProcessIdentity process) => new JsonObject { ["id"] = process.Id, ["start"] = process.StartTime };

    public static ProcessIdentity Process(JsonNode? json) => new((int)json!["id"]!, (long)json["start"]!);

    /// <summary>A text of the system's; where its bytes are no UTF-8, which JSON does not know, the bytes themselves.</summary>
    public static JsonNode Write(string text) =>
        SystemText.IsPlain(text) ? JsonValue.Create(text) : new JsonObject { ["bytes"] = Convert.ToBase64String(SystemText.Encode(text)) };

    public static string Text(JsonNode? json) =>
        json is JsonObject bytes ? SystemText.Decode(Convert.FromBase64String((string)bytes["bytes"]!)) : (string)json!;

    public static JsonArray Write(IEnumerable<ProcessIdentity> processes) => [.. processes.Select(Write)];

    public static IReadOnlyList<ProcessIdentity> Processes(JsonNode? json) => json is JsonArray list ? [.. list.Select(Process)] : [];
}
