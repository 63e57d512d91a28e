using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Turbulence.Hosts.Discovery;

/// <summary>What a discovery came to: the document (section 13 of the reference's behaviour), or why there is none.</summary>
public sealed record DiscoveryAnswer
{
    private DiscoveryAnswer(JsonObject? document, string? problem)
    {
        Document = document;
        Problem = problem;
    }

    /// <summary>The document; null where there is none.</summary>
    public JsonObject? Document { get; }

    /// <summary>Why there is none, in one line; null where there is one.</summary>
    public string? Problem { get; }

    /// <summary>Whether there is a document.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsFound => Document is not null;

    internal static DiscoveryAnswer Found(JsonObject document) => new(document, null);

    internal static DiscoveryAnswer None(string problem) => new(null, problem);
}
