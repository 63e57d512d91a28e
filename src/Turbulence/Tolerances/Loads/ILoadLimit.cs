using System.Text.Json.Nodes;

namespace Turbulence.Tolerances.Loads;

/// <summary>A figure of a load that a tolerance can limit: one key of the tolerance.</summary>
internal interface ILoadLimit
{
    /// <summary>The key.</summary>
    string Name { get; }

    /// <summary>Whether somebody else than before has to be told apart by classes of answers.</summary>
    bool NeedsClasses => false;

    /// <summary>What is wrong with the limit, in words that follow its name; null where nothing is.</summary>
    /// <param name="limit">The value of the key, without placeholders.</param>
    string? Problem(JsonNode? limit);

    /// <summary>The limit for people: <c>p99 at most 50.0 ms</c>.</summary>
    /// <param name="limit">The value of the key; nothing is wrong with it.</param>
    string Words(JsonNode limit);

    /// <summary>Holds what was measured against the limit.</summary>
    /// <param name="limit">The value of the key; nothing is wrong with it.</param>
    /// <param name="figures">What was measured.</param>
    IEnumerable<LoadFinding> Judge(JsonNode limit, LoadFigures figures);
}
