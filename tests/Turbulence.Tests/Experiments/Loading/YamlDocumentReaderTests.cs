using System.Text;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

public sealed class YamlDocumentReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~")]
    public void An_empty_text_is_null(string yaml)
    {
        var document = Texts.Yaml(yaml);

        Assert.Null(document.Root);
        Assert.Empty(document.Problems);
    }

    [Theory]
    [InlineData("<<: {a: 1}\na: 2", "{\"a\":2}")]
    [InlineData("a: 2\n<<: {a: 1}", "{\"a\":2}")]
    [InlineData("b: 1\n<<: [{a: 1, b: 5}, {a: 2, c: 3}]", "{\"a\":1,\"c\":3,\"b\":1}")]
    [InlineData("<<: {a: 1}\n<<: {a: 2}", "{\"a\":2}")]
    [InlineData("'<<': 3", "{\"<<\":3}")]
    [InlineData(
        "x: &x {a: {b: 1}}\ny:\n  <<: *x\n  c: 2\nz: *x",
        "{\"x\":{\"a\":{\"b\":1}},\"y\":{\"a\":{\"b\":1},\"c\":2},\"z\":{\"a\":{\"b\":1}}}")]
    [InlineData("y: {<<: &x {a: 1}}\nz: *x", "{\"y\":{\"a\":1},\"z\":{\"a\":1}}")]
    [InlineData("<<: {<<: {a: 1}, b: 2}", "{\"a\":1,\"b\":2}")]
    public void Merges_give_way_to_the_mapping_s_own_members(string yaml, string json) =>
        Assert.Equal(json, Texts.Written(Texts.Yaml(yaml)));

    [Theory]
    [InlineData("[&a 1, *a]", "[1,1]")]
    [InlineData("[&a , *a]", "[null,null]")]
    [InlineData("[&a [1], *a, *a]", "[[1],[1],[1]]")]
    [InlineData("[&a 1, &a 2, *a]", "[1,2,2]")]
    [InlineData("[&a k, {*a : 1}]", "[\"k\",{\"k\":1}]")]
    public void An_alias_is_a_copy_of_what_it_names(string yaml, string json) => Assert.Equal(json, Texts.Written(Texts.Yaml(yaml)));

    [Fact]
    public void A_change_at_one_alias_does_not_change_another()
    {
        var root = Texts.Yaml("a: &x {k: 1}\nb: *x\nc: *x").Root!;

        root["b"]!["k"] = 2;

        Assert.Equal("""{"a":{"k":1},"b":{"k":2},"c":{"k":1}}""", root.ToJsonString());
    }

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("/title", "1:8")]
    [InlineData("/method", "3:3")]
    [InlineData("/method/0", "3:5")]
    [InlineData("/method/0/name", "3:11")]
    [InlineData("/method/0/text", "4:11")]
    [InlineData("/method/1", "6:5")]
    [InlineData("/method/1/é😀", "6:12")]
    [InlineData("/copy", "7:7")]
    [InlineData("/copy/b", "8:9")]
    [InlineData("/merged", "10:3")]
    [InlineData("/merged/b", "8:9")]
    [InlineData("/merged/null", "10:3")]
    public void Every_value_has_its_place(string pointer, string place)
    {
        const string yaml = """
            title: "t"
            method:
              - name: a
                text: |
                  x
              - { é😀: [1] }
            copy: &x
              b:    1
            """;
        var document = Texts.Yaml(yaml + "\nmerged:\n  <<: *x\n  null:\n");

        Assert.Equal(place, document.Map.Find(Texts.Path(pointer)).ToString());
    }

    [Fact]
    public void An_alias_stands_at_its_own_place_and_its_parts_where_they_were_written()
    {
        var document = Texts.Yaml("a: &x\n  k: [1]\nb:\n  - *x");

        Assert.Equal("4:5", document.Map.Find(Texts.Path("/b/0")).ToString());
        Assert.Equal("2:6", document.Map.Find(Texts.Path("/b/0/k")).ToString());
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_wins_with_a_warning_at_its_place()
    {
        var document = Texts.Yaml("m:\n  a: 1\n  a: 2\n");

        Assert.Equal("""{"m":{"a":2}}""", Texts.Written(document));
        Assert.Equal(("/m/a", "3:3"), (Assert.Single(document.Problems).Pointer, document.Problems[0].Position.ToString()));
    }

    [Theory]
    [InlineData("a: *x", "1:4", "the alias *x names no anchor before it")]
    [InlineData("a: &x\n - *x", "2:4", "the alias *x stands within the value that it names")]
    [InlineData("<<: 3", "1:5", "'<<' merges an object or a list of objects")]
    [InlineData("<<: [1]", "1:5", "'<<' merges an object or a list of objects")]
    [InlineData("? [a]\n: b", "1:3", "a name is a list or an object; only texts, numbers, booleans and null can be names")]
    [InlineData("--- a\n--- b", "2:1", "a second document begins here; an experiment is one document")]
    [InlineData("a: 1\n...\nb: 2", "3:1", "a second document begins here; an experiment is one document")]
    [InlineData("a: \u0007", "1:4", "the control character U+0007 is not allowed in YAML")]
    [InlineData("title: x\n\0method: []", "2:1", "the control character U+0000 is not allowed in YAML")]
    [InlineData("é: \u009F", "1:4", "the control character U+009F is not allowed in YAML")]
    [InlineData("a: [1, 2", "2:1", "expected ',' or ']': the list that begins with '[' is not closed")]
    [InlineData("a: b: c", "1:5", "a second ': ' in one line: put a text that holds one in quotes, or check the indentation")]
    [InlineData("a: @b", "1:4", "a text cannot begin with this character: put it in quotes")]
    [InlineData("x:\n  - a *b: c", "2:5", "': ' within a text must stand in quotes")]
    public void A_mistake_is_told_at_its_place(string yaml, string place, string message)
    {
        var error = Texts.Error(Texts.Yaml(yaml));

        Assert.Equal((place, message), (error.Position.ToString(), error.Message));
    }

    [Fact]
    public void A_tab_as_indentation_is_told_on_its_line()
    {
        var error = Texts.Error(Texts.Yaml("a: 1\nb:\n\t- c\n"));

        Assert.Equal(3, error.Position!.Value.Line);
        Assert.Contains("tab", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_defused()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            yaml.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Equal("aliases would add more than 250000 values to the document", Texts.Error(Texts.Yaml(yaml.ToString())).Message);
    }

    [Fact]
    public void Aliases_do_not_nest_deeper_than_anything_else()
    {
        var yaml = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 300; i++)
        {
            yaml.Append($"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Assert.Equal(
            "with this alias, lists and objects are nested deeper than 256 levels", Texts.Error(Texts.Yaml(yaml.ToString())).Message);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_nesting_is_one_problem(char bracket)
    {
        var error = Texts.Error(Texts.Yaml(new string(bracket, 100_000)));

        Assert.False(string.IsNullOrEmpty(error.Message));
        Assert.NotNull(error.Position);
    }

    [Fact]
    public void Nesting_is_read_down_to_the_limit()
    {
        var text = new string('[', ParsedDocument.MaximumDepth) + new string(']', ParsedDocument.MaximumDepth);

        Assert.Equal(text, Texts.Written(Texts.Yaml(text)));
        var error = Texts.Error(Texts.Yaml($"[{text}]"));
        Assert.Equal(
            (new SourcePosition(1, 257), "lists and objects are nested deeper than 256 levels"), (error.Position!.Value, error.Message));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text() =>
        Assert.Equal("""{"title":"x"}""", Texts.Written(Texts.Yaml("\uFEFFtitle: x")));
}
