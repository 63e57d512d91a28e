using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.JsonPaths.Reference;
using Turbulence.JsonPaths.Rfc9535;

namespace Turbulence.JsonPaths;

/// <summary>A JSONPath query, read once and used on any number of documents, from any thread.</summary>
internal sealed class JsonPathQuery
{
    private readonly string _text;
    private readonly NodePath _path;

    private JsonPathQuery(string text, JsonPathDialect dialect, NodePath path)
    {
        _text = text;
        Dialect = dialect;
        _path = path;
    }

    /// <summary>The dialect that the text was read in; never <see cref="JsonPathDialect.Either"/>.</summary>
    public JsonPathDialect Dialect { get; }

    /// <summary>Reads a query. Never throws, whatever the text.</summary>
    /// <param name="text">The query, <c>$.servers[0].name</c>. Filters, brackets and calls may stand 100 deep in one another.</param>
    /// <param name="dialect">What to read it as.</param>
    /// <param name="query">The query; null when the text is none.</param>
    /// <param name="problem">
    /// One line: the column, counted from 1, and what is wrong there; null when nothing is. For
    /// <see cref="JsonPathDialect.Either"/> it is what RFC 9535 objects to.
    /// </param>
    /// <returns>Whether the text is a query of the dialect.</returns>
    public static bool TryParse(
        string text,
        JsonPathDialect dialect,
        [NotNullWhen(true)] out JsonPathQuery? query,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        query = null;
        problem = null;
        if (dialect != JsonPathDialect.Reference)
        {
            if (Rfc9535Parser.Parse(text, out problem) is { } path)
            {
                query = new(text, JsonPathDialect.Rfc9535, path);
            }
        }

        if (query is null && dialect != JsonPathDialect.Rfc9535)
        {
            if (ReferenceParser.Parse(text, out var referenceProblem) is { } path)
            {
                query = new(text, JsonPathDialect.Reference, path);
            }

            problem ??= referenceProblem;
        }

        problem = query is null ? problem ?? "not a JSONPath query" : null;
        return query is not null;
    }

    /// <summary>The values that the query selects, in the order of the dialect; a null entry is a JSON null.</summary>
    /// <param name="root">The document; null is the document <c>null</c>.</param>
    /// <returns>The values. Empty when there are none, and also where the query cannot be evaluated: <see cref="TrySelect"/> tells the two
    /// apart.</returns>
    public IReadOnlyList<JsonNode?> Select(JsonNode? root) => TrySelect(root, out var nodes, out _) ? nodes : [];

    /// <summary>Selects values, or says why that cannot be done. Never throws, whatever the document.</summary>
    /// <param name="root">The document; null is the document <c>null</c>.</param>
    /// <param name="nodes">The values in the order of the dialect, a value once for each way to it; a null entry is a JSON null.</param>
    /// <param name="problem">
    /// One line on why there is no answer; null when there is one: an operator of the reference dialect on a type that it is
    /// not for, a map with the same key twice, a regular expression that takes too long, or more than five million values looked at.
    /// </param>
    /// <returns>Whether the query could be evaluated.</returns>
    public bool TrySelect(JsonNode? root, out IReadOnlyList<JsonNode?> nodes, [NotNullWhen(false)] out string? problem)
    {
        var evaluation = new Evaluation(root);
        nodes = _path.Select(evaluation, root);
        problem = evaluation.Problem;
        return problem is null;
    }

    /// <summary>The text as it was read.</summary>
    public override string ToString() => _text;
}
