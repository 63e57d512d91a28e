using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Json;
using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

public sealed class JsonPathPropertyTests
{
    private static readonly Gen<string> Scalar = OneOf(
        "null", "true", "false", "0", "-0.0", "1", "1.5", "1e400", "12345678901234567890", "\"\"", "\"a\"", "\"\\ud800\"", "\"😀\"");

    private static readonly Gen<string> Json = Gen.Recursive<string>((depth, nested) => depth > 4
        ? Scalar
        : Gen.OneOf(
            Scalar,
            nested.Array[0, 4].Select(items => $"[{string.Join(",", items)}]"),
            Gen.Select(OneOf("a", "b", "é", "\\ud800"), nested).Array[0, 3]
                .Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}")));

    private static readonly Gen<string> ReadableJson = Gen.Recursive<string>((depth, nested) => depth > 4
        ? Scalar
        : Gen.OneOf(
            Scalar,
            nested.Array[0, 4].Select(items => $"[{string.Join(",", items)}]"),
            nested.Array[0, 3].Select(values => $"{{{string.Join(",", values.Select((value, i) => $"\"k{i}\":{value}"))}}}")));

    // Words of both dialects make far more queries that parse than letters do.
    private static readonly Gen<string> Words = OneOf(
        "$", "@", ".", "..", "*", "[", "]", "(", ")", "?", "?(", ")]", ",", ":", "a", ".a", "[0]", "[-1]", "'a'", "\"a\"", "0", "1", "-1",
        "2.5",
        "==", "=", "!=", "<", "<=", ">", ">=", "&&", "||", "!", " ", "and", "or", "not", "contains", "true", "false", "null", "length(",
        "count(",
        "value(", "match(", "search(", ".length()", ".keys()", ".values()", ".entries()", ".charAt(0)", ".substring(0,1)", "{", "}",
        "{\"a\":1}",
        "[?@", "[?(@", "[?@.a==1]", "[?(@.a=1)]", "[::2]", "[::0]", "..*", ".*", "[*]", "'[a-c]*'", "\\", "\ud800", "\0", "😀");

    private static readonly Gen<string> Query = Gen.OneOf(
        Words.Array[0, 12].Select(words => "$" + string.Concat(words)),
        Words.Array[0, 8].Select(words => "$[?" + string.Concat(words) + "]"),
        Words.Array[0, 8].Select(words => "$[?(" + string.Concat(words) + ")]"),
        Gen.String);

    private static readonly JsonPathDialect[] Dialects = Enum.GetValues<JsonPathDialect>();

    [Fact]
    public void Nothing_throws_on_any_text_and_any_JSON() =>
        Gen.Select(Query, Json).Sample(
            (text, json) =>
            {
                var document = JsonNode.Parse(json);
                foreach (var dialect in Dialects)
                {
                    if (JsonPathQuery.TryParse(text, dialect, out var query, out var problem))
                    {
                        Assert.Null(problem);
                        Assert.Equal(query.TrySelect(document, out var nodes, out problem), problem is null);
                        Assert.Equal(nodes.Count, query.Select(document).Count);
                    }
                    else
                    {
                        Assert.StartsWith("column ", problem, StringComparison.Ordinal);
                        Assert.DoesNotContain('\n', problem);
                    }
                }
            },
            iter: 5_000);

    [Fact]
    public void The_dollar_sign_selects_the_root() =>
        Json.Sample(json =>
        {
            var document = JsonNode.Parse(json);
            foreach (var dialect in Dialects)
            {
                Assert.Same(document, Assert.Single(Selection.Query("$", dialect).Select(document)));
            }
        });

    [Fact]
    public void All_descendants_are_as_many_as_the_document_has() =>
        ReadableJson.Sample(json =>
        {
            var document = JsonNode.Parse(json);
            foreach (var dialect in Dialects)
            {
                Assert.Equal(CountDescendants(document), Selection.Query("$..*", dialect).Select(document).Count);
            }
        });

    [Fact]
    public void The_text_of_a_query_reads_as_the_same_query() =>
        Gen.Select(Query, ReadableJson).Sample(
            (text, json) =>
            {
                if (!JsonPathQuery.TryParse(text, JsonPathDialect.Either, out var query, out _))
                {
                    return;
                }

                Assert.Equal(text, query.ToString());
                var again = Selection.Query(query.ToString(), query.Dialect);
                var document = JsonNode.Parse(json);
                Assert.Equal(query.TrySelect(
                    document, out var nodes, out var problem), again.TrySelect(document, out var nodesAgain, out var problemAgain));
                Assert.Equal(problem, problemAgain);
                Assert.Equal(nodes.Select(Text), nodesAgain.Select(Text));
            },
            iter: 2_000);

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static string Text(JsonNode? node) =>
        JsonTexts.TryRead(node, out var text) ? text : node is JsonValue ? node.ToJsonString() : "";

    private static int CountDescendants(JsonNode? node) => node switch
    {
        JsonArray list => list.Sum(item => 1 + CountDescendants(item)),
        JsonObject map => map.Sum(member => 1 + CountDescendants(member.Value)),
        _ => 0,
    };
}
