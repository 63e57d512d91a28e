using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Journals;

/// <summary>
/// The faults of a run in the journal: <c>turbulence.faults</c>, one entry each, in the order in which they were planned.
/// </summary>
internal sealed class JournalFaults
{
    private readonly Dictionary<string, JsonObject> entries = [];

    /// <summary>The list, live.</summary>
    public JsonArray Content { get; } = [];

    /// <summary>Takes a step of a fault in.</summary>
    public void Take(FaultChanged changed)
    {
        var fault = changed.Fault;
        if (!entries.TryGetValue(fault.Id, out var entry))
        {
            entries[fault.Id] = entry = [];
            Content.Add((JsonNode)entry);
        }

        FaultEntry.Write(entry, fault, changed.At);
    }
}
