using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>What a query selects, as JSON text.</summary>
internal static class Selection
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 100_000 };

    public static JsonNode? Document(string json) => JsonNode.Parse(json, documentOptions: Deep);

    public static JsonPathQuery Query(string text, JsonPathDialect dialect)
    {
        Assert.True(JsonPathQuery.TryParse(text, dialect, out var query, out var problem), $"{text}: {problem}");
        return query;
    }

    public static string Of(string text, string json, JsonPathDialect dialect)
    {
        Assert.True(Query(text, dialect).TrySelect(Document(json), out var nodes, out var problem), $"{text}: {problem}");
        return $"[{string.Join(",", nodes.Select(node => node?.ToJsonString() ?? "null"))}]";
    }

    public static string ProblemOf(string text, JsonPathDialect dialect)
    {
        Assert.False(JsonPathQuery.TryParse(text, dialect, out var query, out var problem), text);
        Assert.Null(query);
        return problem;
    }

    public static string FailureOf(string text, string json, JsonPathDialect dialect)
    {
        var query = Query(text, dialect);
        Assert.False(query.TrySelect(Document(json), out var nodes, out var problem), text);
        Assert.Empty(nodes);
        Assert.Empty(query.Select(Document(json)));
        return problem;
    }
}
