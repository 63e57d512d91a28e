using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Journals;

/// <summary>The faults of a run in the journal: <c>turbulence.faults</c>, one entry each, in the order in which they were planned.</summary>
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

        var state = fault.Progress.ToString().ToLowerInvariant();
        entry["id"] = fault.Id;
        entry["kind"] = fault.Kind;
        entry["activity"] = fault.Activity;
        entry["state"] = state;
        entry["targets"] = new JsonArray([.. fault.Targets.Select(target => JsonValue.Create(target))]);
        entry["effect"] = Sight(fault.Effect);
        entry["undo"] = fault.Undo;
        entry["irreversible"] = fault.IsIrreversible;
        entry["confirmation"] = Sight(fault.Confirmation);
        entry["lost"] = fault.Lost;
        entry["over_unseen"] = fault.WasOverUnseen;
        entry["problem"] = fault.Problem;
        entry["due"] = fault.Due is { } due ? JournalTime.Text(due) : null;
        var times = entry["times"] as JsonObject ?? [];
        times[state] ??= JournalTime.Text(changed.At);
        entry["times"] ??= times;
    }

    private static JsonObject? Sight(FaultSight? sight) => sight is null ? null : new() { ["seen"] = sight.Seen, ["text"] = sight.Text };
}
