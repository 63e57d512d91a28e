using System.Text.Json.Nodes;
using Turbulence.Python;

namespace Turbulence.Notifications;

/// <summary>A channel's <c>events</c>: the exact names that it wants; all of them where there are none.</summary>
internal sealed class EventFilter
{
    private readonly HashSet<string> names;

    private EventFilter(HashSet<string> names) => this.names = names;

    /// <summary>Reads the declaration.</summary>
    /// <param name="events">The value of <c>events</c>.</param>
    /// <param name="unknown">Takes each name that no event has.</param>
    public static EventFilter From(JsonNode? events, Action<string> unknown)
    {
        var names = (events as JsonArray ?? []).Select(PythonText.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var name in names.Where(name => !EventNames.All.Contains(name)))
        {
            unknown(name);
        }

        return new EventFilter(names);
    }

    /// <summary>Whether the event is wanted.</summary>
    public bool Wants(string name) => names.Count == 0 || names.Contains(name);
}
