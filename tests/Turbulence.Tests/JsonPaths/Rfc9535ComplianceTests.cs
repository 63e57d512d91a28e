using System.Text.Json.Nodes;
using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>Every case of the public compliance suite of RFC 9535, a row each.</summary>
public sealed class Rfc9535ComplianceTests
{
    private static readonly JsonArray Suite = Read();

    public static TheoryData<string> Invalid => Names(isInvalid: true);

    public static TheoryData<string> Valid => Names(isInvalid: false);

    [Fact]
    public void The_suite_has_all_its_cases() => Assert.Equal(703, Valid.Count + Invalid.Count);

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_is_no_query_is_refused_with_the_column(string name)
    {
        var selector = (string)Case(name)["selector"]!;
        Assert.False(JsonPathQuery.TryParse(selector, JsonPathDialect.Rfc9535, out _, out var problem));
        Assert.Matches("^column [1-9][0-9]*: .", problem);
    }

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_query_selects_what_the_suite_says(string name)
    {
        var test = Case(name);
        Assert.True(JsonPathQuery.TryParse((string)test["selector"]!, JsonPathDialect.Rfc9535, out var query, out var problem), problem);
        Assert.True(query.TrySelect(test["document"], out var nodes, out problem), problem);

        var selected = new JsonArray([.. nodes.Select(node => node?.DeepClone())]);
        var allowed = test["results"] as JsonArray ?? [test["result"]?.DeepClone()];
        Assert.True(
            allowed.Any(result => JsonNode.DeepEquals(result, selected)),
            $"{query} selected {selected.ToJsonString()}, expected {allowed.ToJsonString()}");
    }

    private static JsonObject Case(string name) => Suite.Select(test => test!.AsObject()).Single(test => (string)test["name"]! == name);

    private static TheoryData<string> Names(bool isInvalid) =>
        [.. Suite.Where(test => test!.AsObject().ContainsKey("invalid_selector") == isInvalid).Select(test => (string)test!["name"]!)];

    private static JsonArray Read()
    {
        using var stream = typeof(Rfc9535ComplianceTests).Assembly.GetManifestResourceStream("jsonpath-compliance.json")!;
        return JsonNode.Parse(stream)!["tests"]!.AsArray();
    }
}
