using System.Text.Json.Nodes;
using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

public sealed class JsonPathQueryTests
{
    [Theory]
    [InlineData("$.a[?@.b==2]", JsonPathDialect.Rfc9535)]
    [InlineData("$['a']", JsonPathDialect.Rfc9535)]
    [InlineData("$.a[*][?(@.b=2)]", JsonPathDialect.Reference)]
    [InlineData("$.a.length()", JsonPathDialect.Reference)]
    [InlineData(" $.a", JsonPathDialect.Reference)]
    public void Either_takes_the_standard_first(string text, JsonPathDialect expected) =>
        Assert.Equal(expected, Selection.Query(text, JsonPathDialect.Either).Dialect);

    [Fact]
    public void Either_means_what_the_standard_means_where_both_dialects_parse()
    {
        const string json = """[{"b":1},{"c":1}]""";
        Assert.Equal("""[{"b":1}]""", Selection.Of("$[?(@.b)]", json, JsonPathDialect.Either));
        Assert.Equal("[]", Selection.Of("$[?(@.b)]", json, JsonPathDialect.Reference));
    }

    [Theory]
    [InlineData("", "column 1: expected '$', found the end")]
    [InlineData("a", "column 1: expected '$', found 'a'")]
    [InlineData("$.a ", "column 4: expected '.', '[' or the end, found ' '")]
    [InlineData("$.a[", "column 5: expected a name in quotes, an index, a slice, '*' or '?', found the end")]
    [InlineData("$[?@.a==]", "column 9: expected a path, a literal, a function, '!' or '(', found ']'")]
    [InlineData("$[?@.*==1]", "column 4: only a literal, a function's value or a path to one node at most can be compared")]
    [InlineData("$[?length(@)]", "column 4: a value has to be compared with something")]
    [InlineData("$[?size(@)>1]", "column 4: there is no function 'size'; there are length, count, value, match and search")]
    [InlineData("$[?@.a=1]", "column 7: expected ',' or ']', found '='")]
    [InlineData("$['a", "column 3: the quote is not closed")]
    [InlineData("$[9007199254740992]", "column 3: integers go from -9007199254740991 to 9007199254740991")]
    public void A_problem_says_where_and_what(string text, string expected) =>
        Assert.Equal(expected, Selection.ProblemOf(text, JsonPathDialect.Rfc9535));

    [Fact]
    public void The_problem_of_either_is_that_of_the_standard() =>
        Assert.Equal(
            Selection.ProblemOf("$[?(@.a==)]", JsonPathDialect.Rfc9535),
            Selection.ProblemOf("$[?(@.a==)]", JsonPathDialect.Either));

    [Theory]
    [InlineData(JsonPathDialect.Rfc9535)]
    [InlineData(JsonPathDialect.Reference)]
    public void The_document_null_has_a_root(JsonPathDialect dialect) => Assert.Equal([null], Selection.Query("$", dialect).Select(null));

    [Theory]
    [InlineData("(", ")", JsonPathDialect.Rfc9535)]
    [InlineData("@[?", "]", JsonPathDialect.Rfc9535)]
    [InlineData("length(", ")", JsonPathDialect.Rfc9535)]
    [InlineData("(", ")", JsonPathDialect.Reference)]
    [InlineData("@[?(", ")]", JsonPathDialect.Reference)]
    [InlineData("@[$[", "]]", JsonPathDialect.Reference)]
    [InlineData("[", "]", JsonPathDialect.Reference)]
    [InlineData("@.length(", ")", JsonPathDialect.Reference)]
    public void A_query_that_is_nested_too_deep_is_refused(string open, string close, JsonPathDialect dialect)
    {
        foreach (var depth in new[] { 101, 100_000 })
        {
            var inner = string.Concat(Enumerable.Repeat(open, depth)) + "@.a" + string.Concat(Enumerable.Repeat(close, depth));
            Assert.EndsWith(
                "more than 100 levels in one another",
                Selection.ProblemOf($"$[?({inner})]", dialect),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(JsonPathDialect.Rfc9535)]
    [InlineData(JsonPathDialect.Reference)]
    public void A_query_may_be_nested_and_long(JsonPathDialect dialect)
    {
        var nested = $"$.*[?{new string('(', 90)}@.a{new string(')', 90)}]";
        Assert.Equal(
            """[{"a":1}]""", Selection.Of(nested, dialect == JsonPathDialect.Rfc9535 ? """[[{"a":1}]]""" : """[{"a":1}]""", dialect));

        var steps = string.Concat(Enumerable.Repeat(".a", 50_000));
        Assert.Equal("[]", Selection.Of("$" + steps, """{"a":{"a":1}}""", dialect));
        var joined = string.Join(dialect == JsonPathDialect.Rfc9535 ? " || " : " or ", Enumerable.Repeat("@.b", 20_000));
        Assert.Equal("[]", Selection.Of($"$[?({joined})]", """[{"a":1}]""", dialect));
    }

    [Theory]
    [InlineData("$..*", JsonPathDialect.Rfc9535, 2_000)]
    [InlineData("$..*", JsonPathDialect.Reference, 2_000)]
    [InlineData("$..[?@==$]", JsonPathDialect.Rfc9535, 0)]
    [InlineData("$[?(@=$)]..*", JsonPathDialect.Reference, 2_000)]
    [InlineData("$.entries()[*][1]..*", JsonPathDialect.Reference, 1_999)]
    public void A_document_may_be_deep(string text, JsonPathDialect dialect, int expected)
    {
        var document = Selection.Document(new string('[', 2_000) + "1" + new string(']', 2_000));
        Assert.True(Selection.Query(text, dialect).TrySelect(document, out var nodes, out var problem), problem);
        Assert.Equal(expected, nodes.Count);
    }

    [Theory]
    [InlineData("$..*..*..*..*..*..*", JsonPathDialect.Rfc9535)]
    [InlineData("$..entries()..entries()..entries()..entries()", JsonPathDialect.Reference)]
    public void A_query_that_asks_for_more_than_fits_is_stopped(string text, JsonPathDialect dialect)
    {
        var json = new string('[', 500) + "1" + new string(']', 500);
        Assert.Equal("the query looks at more than 5,000,000 values", Selection.FailureOf(text, json, dialect));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""[[{"a":1,"a":2}]]""")]
    [InlineData("""{"\ud800":1}""")]
    public void A_map_that_cannot_be_read_is_a_problem_and_no_exception(string json)
    {
        Assert.StartsWith(
            "the document has a map with", Selection.FailureOf("$..a", json, JsonPathDialect.Rfc9535), StringComparison.Ordinal);
        Assert.StartsWith(
            "the document has a map with", Selection.FailureOf("$..a", json, JsonPathDialect.Reference), StringComparison.Ordinal);
        Assert.Equal("[]", Selection.Of("$[?@==$]", $"[{json}]", JsonPathDialect.Rfc9535));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_the_document_is_a_text_like_any_other()
    {
        Assert.Equal("[1]", Selection.Of("""$[?length(@.t)==2].n""", """[{"t":"\ud800x","n":1}]""", JsonPathDialect.Rfc9535));
        Assert.Equal("[]", Selection.Of("""$[?match(@, '..')]""", """["\ud800x"]""", JsonPathDialect.Rfc9535));
        Assert.Equal("[2]", Selection.Of("$.length()", "\"\\ud800x\"", JsonPathDialect.Reference));
    }

    [Fact]
    public void Values_may_be_made_in_code()
    {
        var document = new JsonArray(1, 1L, 1.0, 1m, 1.0f, double.NaN, double.PositiveInfinity, "1", true, 'c', Guid.Empty);
        Assert.Equal(5, Selection.Query("$[?@==1]", JsonPathDialect.Rfc9535).Select(document).Count);
        Assert.Equal(6, Selection.Query("$.*[?(@=1)]", JsonPathDialect.Reference).Select(document).Count);
        Assert.Single(Selection.Query("$[?@>1]", JsonPathDialect.Rfc9535).Select(document));
        Assert.Single(Selection.Query("$[?match(@,'c')]", JsonPathDialect.Rfc9535).Select(document));
    }
}
