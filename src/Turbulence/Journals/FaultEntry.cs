using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Journals;

/// <summary>
/// One fault in the journal: the shape of an entry of <c>turbulence.faults</c>, which whoever takes the fault back brings up to date, be it
/// the run, its guardian or somebody later.
/// </summary>
public static class FaultEntry
{
    /// <summary>Brings an entry up to date, or fills a new one. What only the run has seen stays.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="fault">What is known of the fault, without secrets.</param>
    /// <param name="at">When it came to where it is.</param>
    public static void Write(JsonObject entry, FaultReport fault, DateTimeOffset at)
    {
        var state = fault.State.ToString().ToLowerInvariant();
        entry["id"] = fault.Id;
        entry["kind"] = fault.Kind;
        entry["activity"] = fault.Activity;
        entry["state"] = state;
        entry["targets"] = new JsonArray([.. fault.Targets.Select(target => JsonValue.Create(target))]);
        entry["effect"] = Sight(fault.Effect);
        entry["undo"] = fault.Undo;
        entry["irreversible"] = fault.IsIrreversible;
        entry["confirmation"] = Sight(fault.Confirmation);
        entry["by"] = fault.RevertedBy;
        Keep(entry, "lost", fault.Lost);
        Keep(entry, "over_unseen", fault.WasOverUnseen ? true : null);
        entry["over_unseen"] ??= false;
        entry["problem"] = fault.Problem;
        entry["due"] = fault.Due is { } due ? JournalTime.Text(due) : null;
        var times = entry["times"] as JsonObject ?? [];
        times[state] ??= JournalTime.Text(at);
        entry["times"] ??= times;
    }

    private static void Keep(JsonObject entry, string key, JsonNode? value)
    {
        if (value is not null || !entry.ContainsKey(key))
        {
            entry[key] = value;
        }
    }

    private static JsonObject? Sight(Evidence? sight)
    {
        if (sight is null)
        {
            return null;
        }

        var entry = new JsonObject { ["seen"] = sight.Seen, ["text"] = sight.Text };
        if (sight.Traces.Count > 0)
        {
            entry["traces"] = new JsonArray([.. sight.Traces.Select(trace => JsonValue.Create(trace))]);
        }

        return entry;
    }
}
