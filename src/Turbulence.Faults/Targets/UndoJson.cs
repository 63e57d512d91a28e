using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>How processes stand in an undo record.</summary>
internal static class UndoJson
{
    public static JsonNode Write(ProcessIdentity process) => new JsonObject { ["id"] = process.Id, ["start"] = process.StartTime };

    public static ProcessIdentity Process(JsonNode? json) => Read(() => new ProcessIdentity((int)json!["id"]!, (long)json["start"]!));

    /// <summary>A text of the system's; where its bytes are no UTF-8, which JSON does not know, the bytes themselves.</summary>
    public static JsonNode Write(string text) =>
        SystemText.IsPlain(text) ? JsonValue.Create(text) : new JsonObject { ["bytes"] = Convert.ToBase64String(SystemText.Encode(text)) };

    public static string Text(JsonNode? json) =>
        Read(() => json is JsonObject bytes
            ? SystemText.Decode(Convert.FromBase64String((string)bytes["bytes"]!))
            : json!.GetValue<string>());

    public static JsonArray Write(IEnumerable<ProcessIdentity> processes) => [.. processes.Select(Write)];

    /// <summary>Those that may be left out; what is there and no list is no empty one.</summary>
    public static IReadOnlyList<ProcessIdentity> Processes(JsonNode? json) =>
        json is null ? [] : Read<IReadOnlyList<ProcessIdentity>>(() => [.. json.AsArray().Select(Process)]);

    /// <summary>Reads values of an undo. Only reading belongs in here: whatever it comes to is said to be the record's fault.</summary>
    /// <exception cref="UnreadableUndoException">Something is missing, or is not what it should be.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception missing) when (missing is NullReferenceException or ArgumentNullException)
        {
            throw new UnreadableUndoException("a value is missing in it", missing);
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            throw new UnreadableUndoException("a value in it has the wrong type", wrong);
        }
    }
}
