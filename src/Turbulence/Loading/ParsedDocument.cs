using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>What a reader made of the text of one document.</summary>
/// <param name="Map">The document and the place of each of its values; without a root after an error.</param>
/// <param name="Problems">What is wrong with the text, in its order: warnings, and at most one error, which is the last.</param>
public sealed record ParsedDocument(DocumentMap Map, IReadOnlyList<Problem> Problems)
{
    /// <summary>
    /// How deep lists and objects may be nested. An experiment needs about ten levels; this many leaves every walk over a
    /// document far from the end of a thread's stack.
    /// </summary>
    public const int MaximumDepth = 256;

    /// <summary>How many warnings are kept for one document; a broken generator can make millions.</summary>
    internal const int MaximumWarnings = 100;

    /// <summary>The document; null for a lone null, an empty YAML text, or after an error.</summary>
    public JsonNode? Root => Map.Root;

    /// <summary>True when the text could not be read.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == ProblemSeverity.Error);

    internal static ParsedDocument Failed(Problem problem, IEnumerable<Problem>? warnings = null) =>
        new(new DocumentMap(), [.. warnings ?? [], problem]);
}
