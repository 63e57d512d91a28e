using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Journals;

/// <summary>
/// The journal of a run, for the controls that look at it and change it. Nothing of it is in memory before it is asked for.
/// </summary>
public interface IJournalSource
{
    /// <summary>The journal as it will be once the run has ended like this.</summary>
    JsonObject Read(RunEnded end);

    /// <summary>The entries of the method or of the rollbacks so far.</summary>
    JsonArray ReadEntries(RunPhase phase);

    /// <summary>Puts another list in the place of the entries of the method or of the rollbacks.</summary>
    void ReplaceEntries(RunPhase phase, JsonArray entries);

    /// <summary>Puts a document in the journal's place; the end of the run, still to be told, adds nothing to it but the verdict.</summary>
    void Replace(JsonObject journal);
}
