using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>Appendix A of the reference's behaviour: filters, operators and their precedence.</summary>
public sealed class ReferenceFilterTests
{
    private const string Items = """{"foo":[{"baz":1},{"baz":2},{"bar":2},3],"two":2}""";

    // "Filter applies to the current node itself, not to its children: items of a list are filtered with $.foo[*][?(@.baz=2)];
    // $.foo[?(@.baz=2)] tests the list/map foo."
    [Theory]
    [InlineData("$.foo[*][?(@.baz=2)]", """[{"baz":2}]""")]
    [InlineData("$.foo[?(@.baz=2)]", "[]")]
    [InlineData("$.foo[?(@[1].baz=2)].length()", "[4]")]
    [InlineData("$[?(@.two=2)].two", "[2]")]
    [InlineData("$..[?(@.baz)].baz", "[1,2]")]
    public void A_filter_tests_the_node_that_it_stands_at(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Items, JsonPathDialect.Reference));

    // "operands are @/$ paths or JSON literals"
    [Theory]
    [InlineData("$.foo[*][?(@.baz=$.two)]", """[{"baz":2}]""")]
    [InlineData("$.foo[*][?(2=@.baz)]", """[{"baz":2}]""")]
    [InlineData("$.foo[*][?(@={\"bar\":2})]", """[{"bar":2}]""")]
    [InlineData("$.foo[*][?(@=3.0)]", "[3]")]
    [InlineData("$[?([1,[],{}]=[1.0,[],{}])].two", "[2]")]
    [InlineData("$[?(null=null)].two", "[2]")]
    [InlineData("$[?($.none=null)].two", "[]")]
    [InlineData("$[?({\"a\":1,\"a\":2}={\"a\":2})].two", "[2]")]
    [InlineData("$[?(\"\\u0061\"=\"a\")].two", "[]")]
    public void Operands_are_paths_and_JSON_values(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Items, JsonPathDialect.Reference));

    // "operators = (not ==) != < <= > >= contains"
    [Theory]
    [InlineData("=", "[2]")]
    [InlineData("!=", "[1,3,\"2\",null]")]
    [InlineData("<", "[1]")]
    [InlineData("<=", "[1,2]")]
    [InlineData(">", "[3]")]
    [InlineData(">=", "[2,3]")]
    public void Every_operator_compares(string comparison, string expected) =>
        Assert.Equal(expected, Selection.Of($"$.*[?(@ {comparison} 2)]", """[1,2,3,"2",null]""", JsonPathDialect.Reference));

    [Theory]
    [InlineData("$[?(@==2)]")]
    [InlineData("$[?(@ > = 2)]")]
    [InlineData("$[?(@ && 1)]")]
    [InlineData("$[?(@ = 'a')]")]
    [InlineData("$[?(@ = )]")]
    [InlineData("$[?(1 < 2 < 3)]")]
    [InlineData("$[?()]")]
    [InlineData("$[?(!@)]")]
    [InlineData("$[?(@ = a)]")]
    [InlineData("$[?(@ = [1,])]")]
    [InlineData("$[?(@ = {1:2})]")]
    [InlineData("$[?(@ = [@])]")]
    [InlineData("$[?((@)]")]
    public void Other_operators_are_invalid(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    // "true if any combination of matched values satisfies it"
    [Theory]
    [InlineData("$[?(@.a[*] = @.b[*])].a", "[[1,2]]")]
    [InlineData("$[?(@.a[*] > @.b[*])].a", "[]")]
    [InlineData("$[?(@.a[*] != @.a[*])].a", "[[1,2]]")]
    [InlineData("$[?(@.none[*] != @.b[*])].a", "[]")]
    public void One_pair_that_satisfies_an_operator_is_enough(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, """{"a":[1,2],"b":[3,2]}""", JsonPathDialect.Reference));

    // "Ordering operators are false for non-numbers."
    [Theory]
    [InlineData("\"a\" < \"b\"")]
    [InlineData("\"a\" <= \"a\"")]
    [InlineData("[1] < [2]")]
    [InlineData("null <= null")]
    [InlineData("1 < \"2\"")]
    public void Only_numbers_are_in_an_order(string expression) =>
        Assert.Equal("[]", Selection.Of($"$[?({expression})]", "1", JsonPathDialect.Reference));

    // Python equality: 1 == True == 1.0
    [Theory]
    [InlineData("1 = true")]
    [InlineData("1.0 = true")]
    [InlineData("0 = false")]
    [InlineData("1 = 1.0")]
    [InlineData("[1,{\"a\":true}] = [true,{\"a\":1.0}]")]
    [InlineData("false < true")]
    [InlineData("0.1 = 0.1000000000000000055")]
    [InlineData("9007199254740993 != 9007199254740992")]
    [InlineData("9007199254740993 != 9007199254740992.0")]
    [InlineData("\"1\" != 1")]
    [InlineData("null != false")]
    public void Equality_and_order_are_those_of_Python(string expression) =>
        Assert.Equal("[1]", Selection.Of($"$[?({expression})]", "1", JsonPathDialect.Reference));

    // "contains is substring or membership and fails hard on other types."
    [Theory]
    [InlineData("@.text contains \"ell\"", true)]
    [InlineData("@.text contains \"\"", true)]
    [InlineData("@.text contains \"ELL\"", false)]
    [InlineData("@.list contains 1", true)]
    [InlineData("@.list contains true", true)]
    [InlineData("@.list contains [2]", true)]
    [InlineData("@.list contains \"1\"", false)]
    [InlineData("@.map contains \"k\"", true)]
    [InlineData("@.map contains \"v\"", false)]
    [InlineData("@.map contains 1", false)]
    [InlineData("@.none contains 1", false)]
    public void Contains_looks_into_texts_lists_and_maps(string expression, bool expected) =>
        Assert.Equal(
            expected ? "[5]" : "[]",
            Selection.Of(
                $"$[?({expression})].n", """{"text":"hello","list":[1.0,[2]],"map":{"k":"v"},"n":5}""", JsonPathDialect.Reference));

    [Theory]
    [InlineData("@.n contains 5")]
    [InlineData("null contains null")]
    [InlineData("true contains true")]
    [InlineData("@.text contains 1")]
    [InlineData("@.map contains []")]
    [InlineData("not (@.n contains 5)")]
    [InlineData("@.n contains 5 or true")]
    public void Contains_fails_hard_on_other_types(string expression) =>
        Assert.StartsWith(
            "contains: ",
            Selection.FailureOf($"$[?({expression})]", """{"text":"hello","map":{},"n":5}""", JsonPathDialect.Reference),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("true or @.n contains 5", "[5]")]
    [InlineData("false and @.n contains 5", "[]")]
    public void What_is_not_reached_does_not_fail(string expression, string expected) =>
        Assert.Equal(expected, Selection.Of($"$[?({expression})].n", """{"n":5}""", JsonPathDialect.Reference));

    // "A lone path tests existence; a lone literal its truthiness."
    [Theory]
    [InlineData("@.null", true)]
    [InlineData("@.false", false)]
    [InlineData("$[\"false\"]", true)]
    [InlineData("@.none", false)]
    [InlineData("@", true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    [InlineData("0", false)]
    [InlineData("-0.0", false)]
    [InlineData("1", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"0\"", true)]
    [InlineData("[]", false)]
    [InlineData("[0]", true)]
    [InlineData("{}", false)]
    [InlineData("{\"a\":0}", true)]
    public void A_lone_path_tests_existence_and_a_lone_literal_its_truth(string expression, bool expected)
    {
        var path = $"$[?({expression})].x";
        if (expression is "@.null" or "@.false")
        {
            // Reserved words are no bare names; the keys are reached in quotes.
            path = $"$[?(@[\"{(expression == "@.null" ? "null" : "none")}\"])].x";
        }

        Assert.Equal(expected ? "[1]" : "[]", Selection.Of(path, """{"null":null,"false":false,"x":1}""", JsonPathDialect.Reference));
    }

    // "not binds tightest, then or, then and (a or b and c means (a or b) and c); parentheses allowed."
    [Theory]
    [InlineData("true or true and false", false)]
    [InlineData("true or (true and false)", true)]
    [InlineData("false and false or true", false)]
    [InlineData("(false and false) or true", true)]
    [InlineData("false and true or true and true", false)]
    [InlineData("not true or true", true)]
    [InlineData("not (true or true)", false)]
    [InlineData("not false and true", true)]
    [InlineData("not not true", true)]
    [InlineData("not not not true", false)]
    [InlineData("not 1 = 2", true)]
    [InlineData("((true))", true)]
    public void Not_binds_tightest_then_or_then_and(string expression, bool expected) =>
        Assert.Equal(expected ? "[0]" : "[]", Selection.Of($"$[?({expression})]", "0", JsonPathDialect.Reference));
}
