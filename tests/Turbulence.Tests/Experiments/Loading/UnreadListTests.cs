using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>
/// A document whose method stays text is the same document: in its values, its places and its problems, before and after all of it is read.
/// </summary>
public sealed class UnreadListTests
{
    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"a\"", "\"method\"", "\"provider\"", "\\u", "\"\\ud800\"", "1", "1.50", "-0", "true", "null", " ", "\n", "é", "😀", "{\"a\":[{\"b\":1,\"b\":2}]}"];

    [Theory]
    [InlineData("""{"method":[]}""", false)]
    [InlineData("""{"method":{"a":1}}""", false)]
    [InlineData("""{"steps":[{"a":1}]}""", false)]
    [InlineData("""["method",[{"a":1}]]""", false)]
    [InlineData("""{"a":{"method":[{"a":1}]}}""", false)]
    [InlineData("""{"method":[{"a":1}],"method":5}""", false)]
    [InlineData("""{"method":[{"a":1}],"method":[]}""", false)]
    [InlineData(
        """{"a":1,"method":[{"a":[1,{"b":null}],"c":"\n\u00e9\/"},null,1.10,"x",[],{},[[{}]],-0,12345678901234567890],"z":[{"é😀":2}]}""",
        true)]
    [InlineData("""{"method":5,"method":[{"a":1}],"z":{}}""", true)]
    [InlineData("""{"method":[{"a":1}],"method":[{"b":2},{"c":3}]}""", true)]
    [InlineData("{\n\"method\":[{\"a\":1,\n \"a\":{\"x\":2}}, {\"b\":[{\"c\":1,\"c\":[]}]}],\n\"a\":1,\"a\":2}", true)]
    [InlineData(
        "\uFEFF{\"method\": [\n\t{\"😀\": \"é\"} ,\r\n {\"provider\":{\"type\":\"a\",\"type\":\"b\"},\"p\\u0072ovider\":{\"ty\\u0070e\":\"\\u0063\"}}]}", true)]
    public void A_document_is_the_same(string text, bool isUnread)
    {
        AssertAlike(text);
        Assert.Equal(isUnread, Late(text).Map.Unread is not null);
    }

    [Theory]
    [InlineData("""{"method":[{"a":1},{"b":[2,{"c":tru}]}]}""")]
    [InlineData("""{"method":[{"a":1},]}""")]
    [InlineData("""{"method":[{"a":1,}]}""")]
    [InlineData("""{"method":[{"a":1}{"b":1}]}""")]
    [InlineData("""{"method":[{"a" 1}]}""")]
    [InlineData("""{"method":[{"a":1""")]
    [InlineData("""{"method":[{"a":["\ud800"]}]}""")]
    [InlineData("""{"method":[{"a":{"\ud800":1}}]}""")]
    [InlineData("""{"method":[1,2,"x" """)]
    [InlineData("""{"method":[[{"a":1,"a":2},[],x]]}""")]
    [InlineData("""{"method":[{"a":1}],"z":}""")]
    public void A_mistake_is_the_same(string text)
    {
        Assert.True(Late(text).HasErrors);
        AssertAlike(text);
    }

    [Fact]
    public void Any_document_is_the_same() => Gen.Select(Documents.Any, Documents.Any.Array[0, 4], Documents.Any, Gen.Bool).Sample(
        (before, method, behind, isIndented) => AssertAlike(new JsonObject
        {
            ["before"] = before?.DeepClone(),
            ["method"] = new JsonArray([.. method.Select(static element => element?.DeepClone())]),
            ["behind"] = behind?.DeepClone(),
        }.ToJsonString(isIndented ? Indented : Compact)),
        iter: 1_000);

    [Fact]
    public void Any_text_is_the_same() => Documents.Of(Pieces).Sample(text => AssertAlike($$"""{"method":[{"a":{{text}}"""), iter: 5_000);

    [Theory]
    [InlineData("""{"method":[{"a":null,"a":}]}""")]
    [InlineData("""{"method":[{"a":null,"a"}]}""")]
    [InlineData("""{"method":[{"a":null,"a":{"b":1,"b":2}}, {"a":1}]}""")]
    [InlineData("""{"method":[{"a":null,"a":[1,?]}]}""")]
    public void A_name_that_stands_more_than_once_is_told_when_its_value_begins(string text) => AssertAlike(text);

    [Fact]
    public void Nesting_that_is_too_deep_is_the_same_mistake() =>
        AssertAlike($$"""{"method":[{{new string('[', ParsedDocument.MaximumDepth)}}""");

    [Fact]
    public void An_element_is_read_anew_each_time_until_all_of_them_are_in_the_document()
    {
        var map = Late("""{"method":[{"a":1},{"b":2}]}""").Map;
        var items = map.Items(map.Frame!["method"]);

        Assert.Equal(2, items.Count);
        Assert.NotSame(items[0], items[0]);
        Assert.Null(items[1]!.Parent);
        Assert.Empty(map.Frame["method"]!.AsArray());
        Assert.Equal((true, false), (items.MayMention("b"), items.MayMention("c")));
        Assert.Empty(map.Unread!.List);

        map.Root!["method"]![0]!["a"] = 3;
        Assert.Equal(3, (int)items[0]!["a"]!);
        Assert.Same(map.Root["method"]![1], items[1]);
        Assert.Null(items.Unread);
        map.Root["method"]!.AsArray().Clear();
        Assert.Equal((0, 0), (items.Count, map.Root["method"]!.AsArray().Count));
    }

    [Fact]
    public void A_text_of_an_element_is_found_without_reading_it()
    {
        var list = Late("""
            {"method":[{"name":"a","provider":{"x":[{"type":"no"}],"type":"http"},"type":"probe"},{"provider":{"type":5}},{"provider":"type"},{"provider":{"type":"a","type":null}},
                       {"provider":{"type":"a"},"provider":{"t\u0079pe":"\u00e9"}},{"provider":{"type":"a"},"provider":1},["provider"],null]}
            """).Map.Unread!;

        Assert.Equal(["http", null, null, null, "é", null, null, null], Enumerable
            .Range(0, list.Count)
            .Select(i => list.Text(i, "provider", "type")));
        Assert.Equal("probe", list.Text(0, "type"));
    }

    [Fact]
    public void An_element_is_read_once_for_all_places_in_it_that_are_asked_for_in_a_row()
    {
        var list = new CountingList();
        var document = new JsonObject { ["method"] = list.List };
        var map = new DocumentMap { Root = document, Unread = list };

        Assert.All(Enumerable.Range(0, 5), key => Assert.Equal(new SourcePosition(1, 1), map.Find(Texts.Path($"/method/0/{key}"))));
        Assert.Equal(1, list.Reads);
        Assert.Equal(new SourcePosition(2, 1), map.Find(Texts.Path("/method/1/a")));
        Assert.Equal(2, list.Reads);
    }

    private static JsonSerializerOptions Indented { get; } = new(JsonSerializerOptions.Default) { WriteIndented = true, NewLine = "\n" };

    private static JsonSerializerOptions Compact { get; } = JsonSerializerOptions.Default;

    private static ParsedDocument Late(string text) => JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text), late: "method");

    private static void AssertAlike(string text)
    {
        var whole = Texts.Json(text);
        var late = Late(text);
        Assert.Equal(whole.Problems, late.Problems);
        AssertPlaces(whole, late.Map);
        if (late.Map.Unread is { } list)
        {
            AssertElements(whole.Root!["method"]!.AsArray(), list);
            Assert.Equal(whole.Map.Only("behind").Find(Texts.Path("/method/0")), late.Map.Only("behind").Find(Texts.Path("/method/0")));
        }

        Assert.Equal(Text(whole.Root), Text(late.Root));
        AssertPlaces(whole, late.Map);
    }

    private static void AssertElements(JsonArray expected, UnreadList list)
    {
        Assert.Equal(expected.Count, list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            Assert.Equal(Text(expected[i]), Text(list.Read(i)));
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, JsonPieces.Options))
            {
                list.Write(i, writer);
            }

            Assert.Equal(Text(expected[i]), Encoding.UTF8.GetString(text.ToArray()));
            Assert.All((expected[i] as JsonObject)?.Select(static member => member.Key) ?? [], name => Assert.True(list.Mentions(name)));
        }
    }

    private static string Text(JsonNode? node) => Turbulence.Journals.JsonText.Indented(node);

    private static void AssertPlaces(ParsedDocument whole, DocumentMap map)
    {
        AssertPlaces(whole.Root, DocumentPath.Root);

        void AssertPlaces(JsonNode? node, DocumentPath path)
        {
            Assert.Equal(whole.Map.Find(path), map.Find(path));
            Assert.Equal(whole.Map.Find(path["nothing"]), map.Find(path["nothing"]));
            foreach (var (name, value) in node as JsonObject ?? [])
            {
                AssertPlaces(value, path[name]);
            }

            for (var i = 0; node is JsonArray list && i <= list.Count; i++)
            {
                AssertPlaces(i == list.Count ? null : list[i], path[i]);
            }
        }
    }

    /// <summary>Each of its two elements is an object, on a line of its own.</summary>
    private sealed class CountingList() : UnreadList([])
    {
        public int Reads { get; private set; }

        public override int Count => 2;

        public override bool Mentions(string name) => false;

        public override string? Text(int index, params ReadOnlySpan<string> way) => null;

        public override void Write(int index, Utf8JsonWriter writer) => throw new NotSupportedException();

        protected override JsonNode? Read(int index, DocumentMap? places)
        {
            Reads++;
            var element = new JsonObject();
            places?.Note(element, new SourcePosition(index + 1, 1));
            return element;
        }
    }
}
