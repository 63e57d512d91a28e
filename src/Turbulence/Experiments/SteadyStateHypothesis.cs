using System.Text.Json.Nodes;

namespace Turbulence.Experiments;

/// <summary>What is true of the system when all is well: probes, each with a tolerance.</summary>
/// <param name="declaration">The object in the experiment.</param>
public sealed class SteadyStateHypothesis(JsonObject declaration)
{
    /// <summary>The object in the experiment.</summary>
    public JsonObject Declaration { get; } = declaration;

    /// <summary><c>title</c>; the empty text where it is absent.</summary>
    public string Title => Declaration["title"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    /// <summary><c>probes</c>; each has a tolerance.</summary>
    public ActivityList Probes => new(Declaration["probes"] as JsonArray);
}
