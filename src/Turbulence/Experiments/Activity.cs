using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Experiments;

/// <summary>
/// One probe or action, read from its declaration. The declaration stays the truth: it may hold keys that nobody here
/// knows, goes into the journal as it is, and may be changed by a control while the run goes on. A value of the wrong type
/// reads as absent; validation has said so by then.
/// </summary>
/// <param name="declaration">The activity's object in the experiment.</param>
public sealed class Activity(JsonObject declaration)
{
    /// <summary>The activity's object in the experiment.</summary>
    public JsonObject Declaration { get; } = declaration;

    /// <summary>Where it is declared, for who looks at it once more when it may have been read anew; null where that is not told.</summary>
    internal DocumentPath? Place { get; init; }

    /// <summary><c>type</c>; a probe where it is absent or unknown.</summary>
    public ActivityType Type => Text("type") == "action" ? ActivityType.Action : ActivityType.Probe;

    /// <summary><c>name</c>; the empty text where it is absent.</summary>
    public string Name => Text("name") ?? "";

    /// <summary><c>ref</c>: the name of the activity to run in this one's place; null for an activity of its own.</summary>
    public string? Reference => Text("ref");

    /// <summary><c>background</c>; false where it is absent.</summary>
    public bool Background => Declaration["background"] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary><c>provider</c>: how the activity is carried out.</summary>
    public JsonObject Provider => Declaration["provider"] as JsonObject ?? [];

    /// <summary><c>provider.type</c>; the empty text where it is absent.</summary>
    public string ProviderType => Provider["type"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary><c>pauses.before</c>: seconds, or a placeholder for them; null for no pause.</summary>
    public JsonNode? PauseBefore => (Declaration["pauses"] as JsonObject)?["before"];

    /// <summary><c>pauses.after</c>: seconds, or a placeholder for them; null for no pause.</summary>
    public JsonNode? PauseAfter => (Declaration["pauses"] as JsonObject)?["after"];

    /// <summary>Whether the key <c>tolerance</c> is there, whatever its value.</summary>
    public bool HasTolerance => Declaration.ContainsKey("tolerance");

    /// <summary><c>tolerance</c>: what the output has to be.</summary>
    public JsonNode? Tolerance => Declaration["tolerance"];

    private string? Text(string key) => Declaration[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
