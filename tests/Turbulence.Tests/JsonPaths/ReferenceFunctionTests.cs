using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>
/// Appendix A of the reference's behaviour: "Functions: length() (list, string), keys(), values(), entries() (map, list),
/// charAt(i), substring(a[,b]) (string)."
/// </summary>
public sealed class ReferenceFunctionTests
{
    private const string Json = """{"l":["x",{"y":1}],"m":{"b":null,"a":[2]},"t":"a😀c","n":3,"i":[0,1]}""";

    [Theory]
    [InlineData("$.l.length()", "[2]")]
    [InlineData("$.t.length()", "[3]")]
    [InlineData("$.m.length()", "[]")]
    [InlineData("$.n.length()", "[]")]
    [InlineData("$.l.length(1)", "[]")]
    public void Length_counts_items_and_code_points(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Json, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$.m.keys()", """[["b","a"]]""")]
    [InlineData("$.l.keys()", "[[0,1]]")]
    [InlineData("$.t.keys()", "[]")]
    [InlineData("$.m.keys()[*]", """["b","a"]""")]
    public void Keys_are_those_of_maps_and_the_indexes_of_lists(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Json, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$.m.values()", "[[null,[2]]]")]
    [InlineData("$.l.values()", """[["x",{"y":1}]]""")]
    [InlineData("$.n.values()", "[]")]
    [InlineData("$.m.values()[1][0]", "[2]")]
    public void Values_are_those_of_maps_and_a_list_itself(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Json, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$.m.entries()", """[[["b",null],["a",[2]]]]""")]
    [InlineData("$.l.entries()", """[[[0,"x"],[1,{"y":1}]]]""")]
    [InlineData("$.t.entries()", "[]")]
    [InlineData("$.m.entries()[*][?(@[1]=[2])][0]", """["a"]""")]
    public void Entries_are_pairs(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Json, JsonPathDialect.Reference));

    [Theory]
    [InlineData("$.t.charAt(0)", """["a"]""")]
    [InlineData("$.t.charAt(-1)", """["c"]""")]
    [InlineData("$.t.charAt(3)", "[]")]
    [InlineData("$.t.charAt(-4)", "[]")]
    [InlineData("$.t.charAt(99999999999999999999)", "[]")]
    [InlineData("$.t.charAt(1.0)", "[]")]
    [InlineData("$.t.charAt(true)", "[]", "true is 1, an emoji that JSON text escapes")]
    [InlineData("$.t.charAt()", "[]")]
    [InlineData("$.t.charAt(0,1)", "[]")]
    [InlineData("$.t.charAt($.none)", "[]")]
    [InlineData("$.t.charAt(\"0\")", "[]")]
    [InlineData("$.l.charAt(0)", "[]")]
    public void CharAt_takes_one_code_point(string path, string expected, string? except = null)
    {
        var selected = Selection.Of(path, Json, JsonPathDialect.Reference);
        Assert.Equal(except is null ? expected : """["\uD83D\uDE00"]""", selected);
    }

    [Theory]
    [InlineData("$.t.substring(2)", """["c"]""")]
    [InlineData("$.t.substring(0,1)", """["a"]""")]
    [InlineData("$.t.substring(-1)", """["c"]""")]
    [InlineData("$.t.substring(0,-2)", """["a"]""")]
    [InlineData("$.t.substring(2,1)", """[""]""")]
    [InlineData("$.t.substring(9)", """[""]""")]
    [InlineData("$.t.substring(-9,1)", """["a"]""")]
    [InlineData("$.t.substring()", "[]")]
    [InlineData("$.t.substring(0,1,2)", "[]")]
    [InlineData("$.t.substring(\"a\")", "[]")]
    [InlineData("$.t.substring(0,null)", "[]")]
    [InlineData("$.n.substring(0)", "[]")]
    public void Substring_cuts_as_Python_slices(string path, string expected) =>
        Assert.Equal(expected, Selection.Of(path, Json, JsonPathDialect.Reference));

    [Fact]
    public void A_call_is_made_for_every_combination_of_its_arguments() =>
        Assert.Equal(
            """["","a","",""]""",
            Selection.Of("$.t.substring($.i[*],$.i[*])", Json, JsonPathDialect.Reference));

    [Fact]
    public void What_a_call_gives_does_not_change_the_document()
    {
        var document = Selection.Document(Json)!;
        var selected = Selection.Query("$.m.values()", JsonPathDialect.Reference).Select(document);
        selected[0]![1]![0] = 9;
        Assert.Equal("[2]", document["m"]!["a"]!.ToJsonString());
    }
}
