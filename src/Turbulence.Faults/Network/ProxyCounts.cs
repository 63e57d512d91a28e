using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.Faults.Network;

/// <summary>What a proxy of ours has counted, of all connections since it was made.</summary>
/// <param name="Connections">Connections that it took.</param>
/// <param name="Refused">Connections that it refused.</param>
internal readonly record struct ProxyCounts(long Connections, long Refused)
{
    /// <summary>Reads an answer; null where it is none of our API.</summary>
    public static ProxyCounts? Read(JsonElement counters) =>
        AnswerJson.Count(counters, "connections") is { } connections && AnswerJson.Count(counters, "refused") is { } refused
            ? new(connections, refused)
            : null;

    /// <summary>For the undo.</summary>
    public JsonObject ToJson() => new() { ["connections"] = Connections, ["refused"] = Refused };

    /// <summary>From an undo.</summary>
    public static ProxyCounts Of(JsonNode json) => new((long)json["connections"]!, (long)json["refused"]!);
}
