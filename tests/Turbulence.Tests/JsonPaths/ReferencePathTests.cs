using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>Appendix A of the reference's behaviour: paths, their steps and what stands in brackets.</summary>
public sealed class ReferencePathTests
{
    private const string Shop = """{"a":{"b":[1,2,3,{"c":"x"}],"x-y":4},"and":5,"b":null,"k":"a","i":1}""";

    // "A path starts with $; anything else is invalid."
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@")]
    [InlineData("@.a")]
    [InlineData(".a")]
    [InlineData("\"a\"")]
    [InlineData("$$")]
    [InlineData("$a")]
    public void A_path_starts_with_a_dollar_sign(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    // "Whitespace is ignored."
    [Theory]
    [InlineData(" $ . a . b [ 0 ] ")]
    [InlineData("\t$\r\n.a\n[ \"b\" ][0]")]
    public void Blanks_are_ignored(string path) => Assert.Equal("[1]", Selection.Of(path, Shop, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$. .a")]
    [InlineData("$.a[- 1]")]
    [InlineData("$.a b")]
    public void Blanks_within_a_sign_a_number_or_a_name_part_it(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    // "Steps: .name, .*, ..name, ..*, ..[…], […], .func(…)."
    [Theory]
    [InlineData("$", """[{"a":{"b":[1,2,3,{"c":"x"}],"x-y":4},"and":5,"b":null,"k":"a","i":1}]""")]
    [InlineData("$.a.b", """[[1,2,3,{"c":"x"}]]""")]
    [InlineData("$.b", "[null]")]
    [InlineData("$.a.*", """[[1,2,3,{"c":"x"}],4]""")]
    [InlineData("$..b", """[null,[1,2,3,{"c":"x"}]]""")]
    [InlineData("$.a.b..*", """[1,2,3,{"c":"x"},"x"]""")]
    [InlineData("$..[\"c\"]", """["x"]""")]
    [InlineData("$..[0,1]", "[1,2]")]
    [InlineData("$[\"a\"][\"b\"][0]", "[1]")]
    [InlineData("$.a.b.length()", "[4]")]
    [InlineData("$..b.length()", "[4]")]
    [InlineData("$.a.b..length()", "[4,1]")]
    public void Every_kind_of_step_selects(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Shop, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$...a")]
    [InlineData("$.[0]")]
    [InlineData("$.a.")]
    [InlineData("$[]")]
    [InlineData("$[0")]
    [InlineData("$[0,]")]
    [InlineData("$.\"a\"")]
    public void Other_steps_are_invalid(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    // "Bare names match [A-Za-z_][A-Za-z0-9_]* and may not be one of and or not contains true false null."
    [Theory]
    [InlineData("$.and")]
    [InlineData("$.or")]
    [InlineData("$.not")]
    [InlineData("$.contains")]
    [InlineData("$.true")]
    [InlineData("$.false")]
    [InlineData("$.null")]
    [InlineData("$.1a")]
    [InlineData("$.a-b")]
    [InlineData("$.a.é")]
    public void Reserved_words_and_other_characters_are_no_bare_names(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    [Theory]
    [InlineData("$.android", "[1]")]
    [InlineData("$._a1", "[2]")]
    [InlineData("$.length", "[3]")]
    public void Names_may_begin_with_a_reserved_word_or_be_that_of_a_function(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, """{"android":1,"_a1":2,"length":3}""", JsonPathDialect.Reference));

    // "Other keys need ["…"] — double quotes only, escapes are not decoded (a key containing " is unreachable)."
    [Theory]
    [InlineData("$[\"and\"]", "[5]")]
    [InlineData("$.a[\"x-y\"]", "[4]")]
    public void Other_keys_stand_in_double_quotes(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Shop, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$['a']")]
    [InlineData("$[a]")]
    [InlineData("$[\"a]")]
    [InlineData("$[\"a\\x\"]")]
    [InlineData("$[\"a\\u12\"]")]
    [InlineData("$[\"a\nb\"]")]
    public void Single_quotes_and_what_JSON_refuses_in_a_text_are_invalid(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    [Theory]
    [InlineData("""$["a\"b"]""", """{"a\"b":1}""", "[]")]
    [InlineData("""$["a\\b"]""", """{"a\\b":1}""", "[]")]
    [InlineData("""$["a\\b"]""", """{"a\\\\b":1}""", "[1]")]
    [InlineData("""$["\u0061"]""", """{"a":1}""", "[]")]
    public void Escapes_are_not_decoded(string path, string json, string expected) =>
        Assert.Equal(expected, Selection.Of(path, json, JsonPathDialect.Reference));

    // "Inside […], a comma-separated union of: string key, integer index (negative counts from the end), slice a:b:c, *, filter
    // ?(expr), a nested path (@… or $…, its integer/string values used as index/key), function call."
    [Theory]
    [InlineData("$.a.b[0,-1,\"b\",1]", """[1,{"c":"x"},2]""")]
    [InlineData("$.a.b[-5]", "[]")]
    [InlineData("$.a.b[4]", "[]")]
    [InlineData("$.a.b[99999999999999999999]", "[]")]
    [InlineData("$.a.b[-99999999999999999999]", "[]")]
    [InlineData("$.a.b[*,0]", """[1,2,3,{"c":"x"},1]""")]
    [InlineData("$.a.b[1:3,0]", "[2,3,1]")]
    [InlineData("$[$.k]", """[{"b":[1,2,3,{"c":"x"}],"x-y":4}]""")]
    [InlineData("$[@.k,\"i\"]", """[{"b":[1,2,3,{"c":"x"}],"x-y":4},1]""")]
    [InlineData("$.a.b[$.i]", "[2]")]
    [InlineData("$.a.b[$.b]", "[]")]
    [InlineData("$.a.b[@[*]]", """[2,3,{"c":"x"}]""")]
    [InlineData("$.a.b[length(),0]", "[4,1]")]
    [InlineData("$.a.b[?(@.length()=4),0]", """[[1,2,3,{"c":"x"}],1]""")]
    [InlineData("$[keys()][0]", """["a"]""")]
    public void Brackets_hold_a_union(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Shop, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$[1.0]")]
    [InlineData("$[1e2]")]
    [InlineData("$[01]")]
    [InlineData("$[1:2.5]")]
    [InlineData("$[nothing()]")]
    [InlineData("$.nothing()")]
    [InlineData("$[length]")]
    [InlineData("$[?@.a]")]
    public void Floats_unknown_functions_and_bare_names_are_none_of_it(string path) =>
        Assert.StartsWith("column ", Selection.ProblemOf(path, JsonPathDialect.Reference), StringComparison.Ordinal);

    [Fact]
    public void A_nested_path_that_finds_a_float_selects_nothing_and_one_that_finds_true_the_item_1() =>
        Assert.Equal("[8]", Selection.Of("$.l[$.f,$.t]", """{"l":[7,8,9],"f":1.0,"t":true}""", JsonPathDialect.Reference));

    // "slice a:b:c"; missing ends and what is out of range are as the reference runner computes them, not as Python slices.
    [Theory]
    [InlineData("$[:]", "[0,1,2,3]")]
    [InlineData("$[::]", "[0,1,2,3]")]
    [InlineData("$[1:]", "[1,2,3]")]
    [InlineData("$[:-1]", "[0,1,2]")]
    [InlineData("$[::2]", "[0,2]")]
    [InlineData("$[-2:]", "[2,3]")]
    [InlineData("$[3:0:-1]", "[3,2,1]")]
    [InlineData("$[9:0:-2]", "[3,1]")]
    [InlineData("$[::-1]", "[]")]
    [InlineData("$[3::-1]", "[]")]
    [InlineData("$[-5:2]", "[3,0,1]")]
    [InlineData("$[-99999999999999999999:2]", "[0,1,2,3,0,1]")]
    [InlineData("$[0:99999999999999999999:99999999999999999999]", "[0]")]
    [InlineData("$[99999999999999999999:0:-99999999999999999999]", "[]")]
    public void A_slice_takes_items_between_two_indexes(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, "[0,1,2,3]", JsonPathDialect.Reference));

    [Fact]
    public void A_slice_whose_step_is_0_cannot_be_evaluated()
    {
        Assert.Equal("the step of a slice is 0", Selection.FailureOf("$[::0]", "[1]", JsonPathDialect.Reference));
        Assert.Equal("[]", Selection.Of("$[::0]", "{}", JsonPathDialect.Reference));
    }

    // "Wildcard: map values in insertion order, list items; nothing on scalars."
    [Theory]
    [InlineData("""{"z":1,"a":2}""", "[1,2]")]
    [InlineData("[2,1]", "[2,1]")]
    [InlineData("\"text\"", "[]")]
    [InlineData("7", "[]")]
    [InlineData("null", "[]")]
    public void A_wildcard_keeps_the_order_and_finds_nothing_in_scalars(string json, string expected) =>
        Assert.Equal(expected, Selection.Of("$.*", json, JsonPathDialect.Reference));

    // "Recursive descent is pre-order and includes the starting node."
    [Fact]
    public void Recursive_descent_starts_at_its_node_and_goes_down_before_it_goes_on() =>
        Assert.Equal(
            "[1,2,3]",
            Selection.Of("$..v", """{"v":1,"x":{"v":2,"y":{"v":3}}}""", JsonPathDialect.Reference));

    // "Missing keys, bad indexes and type mismatches simply match nothing."
    [Theory]
    [InlineData("$.x.y")]
    [InlineData("$[0]")]
    [InlineData("$.a[\"0\"][0]")]
    [InlineData("$.k.length().x")]
    [InlineData("$.i.length()")]
    [InlineData("$.i[0:1]")]
    public void What_is_not_there_matches_nothing(string path) => Assert.Equal("[]", Selection.Of(path, Shop, JsonPathDialect.Reference));
}
