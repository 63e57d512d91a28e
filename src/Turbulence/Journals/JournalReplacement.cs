using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Journals;

/// <summary>A journal that a control has rewritten. What it says stays, but for what became of the run after it was handed out.</summary>
/// <param name="known">The outcome that the control was told.</param>
internal sealed class JournalReplacement(RunOutcome known)
{
    private JsonObject? journal;

    /// <summary>Takes the rewritten journal.</summary>
    public void Take(JsonObject rewritten) => journal = rewritten;

    /// <summary>The journal of a run with this outcome; null where it was handed out and not rewritten.</summary>
    /// <param name="outcome">How the run ended.</param>
    /// <param name="ours">What the journal says of it under our own key.</param>
    public JsonObject? For(RunOutcome outcome, JsonObject ours)
    {
        if (journal is null)
        {
            return null;
        }

        if (outcome.Status != known.Status)
        {
            journal["status"] = outcome.Status.ToString().ToLowerInvariant();
        }

        if (outcome.Deviated != known.Deviated)
        {
            journal["deviated"] = outcome.Deviated;
        }

        if (journal["turbulence"] is JsonObject told)
        {
            foreach (var key in (ReadOnlySpan<string>)["verdict", "exit_code", "reasons"])
            {
                told[key] = ours[key]?.DeepClone();
            }
        }

        return journal;
    }
}
