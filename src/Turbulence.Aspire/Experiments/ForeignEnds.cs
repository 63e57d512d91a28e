using System.Text.Json.Nodes;
using Turbulence.Services;

namespace Turbulence.Aspire.Experiments;

/// <summary>
/// Finds faults that would end or start a process of Aspire's orchestrator: what Turbulence starts in its place would be nobody's, and
/// would be left when the AppHost ends.
/// </summary>
internal static class ForeignEnds
{
    private static readonly HashSet<string> Kinds = ["process.kill", "process.restart"];

    /// <summary>What is wrong with an experiment, in one line; null for nothing.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="resources">The resources of the AppHost.</param>
    public static string? Find(JsonObject experiment, IReadOnlyList<ServiceLocation> resources)
    {
        var names = resources.Select(static resource => resource.Name).ToHashSet();
        return (experiment["method"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(activity => activity["provider"] is JsonObject provider
                && provider["kind"] is JsonValue kind && kind.TryGetValue<string>(out var name) && Kinds.Contains(name)
                && provider["arguments"]?["service"] is JsonValue service
                && service.TryGetValue<string>(out var meant) && names.Contains(meant))
            .Select(static activity => $"the activity '{activity["name"]}' would end a process of the AppHost's orchestrator, which nobody "
                + "but that can start again: pause it (process.pause), or refuse its callers (network.refuse)")
            .FirstOrDefault();
    }
}
