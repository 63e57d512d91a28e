using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>How processes stand in an undo record.</summary>
internal static class UndoJson
{
    public static JsonNode Write(ProcessIdentity process) => new JsonObject { ["id"] = process.Id, ["start"] = process.StartTime };

    public static ProcessIdentity Process(JsonNode? json) => new((int)json!["id"]!, (long)json["start"]!);

    public static JsonArray Write(IEnumerable<ProcessIdentity> processes) => [.. processes.Select(Write)];

    public static IReadOnlyList<ProcessIdentity> Processes(JsonNode? json) => json is JsonArray list ? [.. list.Select(Process)] : [];
}
