using System.Text.Json.Nodes;
using Turbulence.JsonPaths;

namespace Turbulence.Tests.JsonPaths;

/// <summary>The regular expressions of RFC 9485, through <c>match()</c>.</summary>
public sealed class IRegexpTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a|", "")]
    [InlineData("(a|b)*c", "abac")]
    [InlineData("a{2}", "aa")]
    [InlineData("a{1,}", "aaaa")]
    [InlineData("a{0,2}", "")]
    [InlineData("[a-c-]+", "a-c")]
    [InlineData("[-a]+", "a-")]
    [InlineData("[--]", "-")]
    [InlineData("[^a-c]", "d")]
    [InlineData("[$^.]+", "$^.")]
    [InlineData("[a^]+", "a^")]
    [InlineData(@"\(\)\*\+\-\.\?\[\\\]\^\{\|\}", @"()*+-.?[\]^{|}")]
    [InlineData(@"\n\r\t", "\n\r\t")]
    [InlineData(@"[\n\]\-]+", "\n]-")]
    [InlineData(".", "😀")]
    [InlineData("..", "a😀")]
    [InlineData("[😀-😎]", "😂")]
    [InlineData("[^a]", "😀")]
    [InlineData("[a-😀]+", "z\uFFFD\U0001F3FF😀")]
    [InlineData("[\U00010000-\U0010FFFF]+", "\U00010000\U000107FF\U00010800\U0010FFFF")]
    [InlineData("[\U00010400-\U00010BFF]+", "\U00010400\U000107FF\U00010800\U00010BFF")]
    [InlineData(@"\p{Lu}", "Ä")]
    [InlineData(@"\p{Lu}", "𝐀")]
    [InlineData(@"\p{L}+", "aЖ𐐨")]
    [InlineData(@"\P{L}", "1")]
    [InlineData(@"[\p{Nd}x]+", "1x٣")]
    [InlineData(@"[^\p{Nd}]", "a")]
    [InlineData(@"\p{So}", "😀")]
    [InlineData(@"\p{Cn}", "\u0378")]
    [InlineData("^a$", "a")]
    [InlineData("-&/:;<=>@!\"#%',`~_ ", "-&/:;<=>@!\"#%',`~_ ")]
    public void A_pattern_matches(string pattern, string text) => Assert.True(Matches(pattern, text));

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a", "aa")]
    [InlineData("a", "a\n")]
    [InlineData(".", "\n")]
    [InlineData(".", "\r")]
    [InlineData(@"\p{L}", "1")]
    [InlineData("[^😀]", "😀")]
    [InlineData("[a-c]", "d")]
    [InlineData(@"[^\P{Nd}]", "a")]
    [InlineData("[\U00010400-\U00010BFF]", "\U00010C00")]
    public void A_pattern_does_not_match(string pattern, string text) => Assert.False(Matches(pattern, text));

    [Theory]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("a{")]
    [InlineData("a{2,1}")]
    [InlineData("a{,2}")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("a)")]
    [InlineData("(?:a)")]
    [InlineData("a+?")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[^]")]
    [InlineData("[c-a]")]
    [InlineData("[a-b-c]")]
    [InlineData("[a[b]]")]
    [InlineData(@"\d")]
    [InlineData(@"\w")]
    [InlineData(@"\1")]
    [InlineData(@"\b")]
    [InlineData(@"\u0061")]
    [InlineData(@"\$")]
    [InlineData(@"\")]
    [InlineData(@"\p{Cs}")]
    [InlineData(@"\p{Xx}")]
    [InlineData(@"\p{}")]
    [InlineData(@"\p{L")]
    [InlineData(@"\pL")]
    [InlineData(@"[\p{Lx}]")]
    [InlineData(@"[\d]")]
    public void What_is_no_I_Regexp_matches_nothing(string pattern)
    {
        Assert.False(Matches(pattern, pattern));
        Assert.False(Matches(pattern, "a"));
        Assert.False(Matches(pattern, ""));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_no_pattern()
    {
        // Not a row of the theory above: an attribute cannot hold it.
        Assert.False(Matches("\ud800", "\ud800"));
        Assert.False(Matches("[\ud800]", "\ud800"));
    }

    [Theory]
    [InlineData("a{1000000}")]
    [InlineData("a{99999999999999999999}")]
    [InlineData("((a{100}){100}){100}")]
    public void A_pattern_that_repeats_too_much_is_a_problem(string pattern) =>
        Assert.Equal("the regular expression repeats something more than 10000 times", ProblemOf(pattern, "a"));

    [Fact]
    public void A_pattern_that_is_nested_too_deep_is_a_problem() =>
        Assert.Equal("the regular expression has more than 100 groups in one another", ProblemOf(new('(', 100_000), "a"));

    [Fact]
    public void A_pattern_that_makes_others_backtrack_for_ever_takes_no_time() =>
        Assert.False(Matches("(a|aa|a*)*b", new string('a', 100_000)));

    [Fact]
    public void The_pattern_may_come_from_the_document_and_change_from_node_to_node()
    {
        var document = JsonNode.Parse("""[{"t":"ab","p":"a."},{"t":"ab","p":"b."},{"t":"x1","p":"x1"},{"t":"x","p":7}]""");
        var query = Selection.Query("$[?match(@.t, @.p)].t", JsonPathDialect.Rfc9535);
        Assert.Equal(["ab", "x1"], query.Select(document).Select(node => (string)node!));
    }

    private static bool Matches(string pattern, string text)
    {
        var query = Selection.Query("$[?match(@.t, @.p)]", JsonPathDialect.Rfc9535);
        var document = new JsonArray(new JsonObject { ["t"] = text, ["p"] = pattern });
        Assert.True(query.TrySelect(document, out var nodes, out var problem), problem);
        return nodes.Count == 1;
    }

    private static string ProblemOf(string pattern, string text)
    {
        var query = Selection.Query("$[?search(@.t, @.p)]", JsonPathDialect.Rfc9535);
        var document = new JsonArray(new JsonObject { ["t"] = text, ["p"] = pattern });
        Assert.False(query.TrySelect(document, out _, out var problem));
        return problem!;
    }
}
