using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

public sealed class JsonDocumentReaderTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"a":[1,-2,"x",null,true,false,{"b":{}}]}""")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775809")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1.10")]
    [InlineData("1E400")]
    [InlineData("[0.1,2.50e-3]")]
    public void A_document_is_written_as_it_was_read(string text) => Assert.Equal(text, Texts.Written(Texts.Json(text)));

    [Fact]
    public void Values_can_be_taken_as_their_types()
    {
        var root = Texts.Json("""{"i": 5, "d": 1.5, "s": "t", "b": true, "big": 18446744073709551615}""").Root!;

        Assert.Equal(5L, root["i"]!.GetValue<long>());
        Assert.Equal(1.5, root["d"]!.GetValue<double>());
        Assert.Equal("t", root["s"]!.GetValue<string>());
        Assert.True(root["b"]!.GetValue<bool>());
        Assert.Equal(ulong.MaxValue, root["big"]!.GetValue<ulong>());
    }

    [Theory]
    [InlineData("", "1:1")]
    [InlineData("/a", "2:8")]
    [InlineData("/a/0", "2:9")]
    [InlineData("/a/1", "3:3")]
    [InlineData("/a/1/é😀", "3:11")]
    [InlineData("/a/1/x", "3:21")]
    [InlineData("/a/2", "4:1")]
    [InlineData("/a/3", "2:8")]
    [InlineData("/nothing", "1:1")]
    public void Every_value_has_its_place(string pointer, string place)
    {
        var document = Texts.Json("{\r\n  \"a\": [1,\n  {\"é😀\": \"\\n\", \"x\":3},\n\"t\", null]}");

        Assert.Equal(place, document.Map.Find(Texts.Path(pointer)).ToString());
    }

    [Fact]
    public void The_last_of_two_members_of_one_name_wins_with_a_warning_at_its_place()
    {
        var document = Texts.Json("""
            {"a": 1, "list": [{}, {"b": 1,
              "b": {"c": 2}}], "a": 3}
            """);

        Assert.Equal("""{"a":3,"list":[{},{"b":{"c":2}}]}""", Texts.Written(document));
        Assert.Equal(
            [("/list/1/b", "2:3"), ("/a", "2:20")],
            document.Problems.Select(problem => (problem.Pointer, problem.Position.ToString()!)));
        Assert.All(document.Problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
        Assert.Equal("the name \"b\" stands more than once in this object; the last one counts", document.Problems[0].Message);
    }

    [Fact]
    public void Warnings_do_not_grow_without_end()
    {
        var document = Texts.Json("{" + string.Join(',', Enumerable.Repeat("\"a\":1", 10_000)) + "}");

        Assert.Equal(100, document.Problems.Count);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var document = JsonDocumentReader.Read([0xEF, 0xBB, 0xBF, (byte)'[', (byte)'1', (byte)']']);

        Assert.Equal("[1]", Texts.Written(document));
        Assert.Equal("1:2", document.Map.Find(Texts.Path("/0")).ToString());
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'{', 0 }, "UTF-16")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'{' }, "UTF-16")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0 }, "UTF-32")]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF }, "UTF-32")]
    public void Another_encoding_is_named(byte[] bytes, string encoding)
    {
        var expected = $"the text is encoded in {encoding}; save it as UTF-8";

        Assert.Equal(expected, Texts.Error(JsonDocumentReader.Read(bytes)).Message);
        Assert.Equal(expected, Texts.Error(YamlDocumentReader.Read(bytes)).Message);
    }

    [Fact]
    public void A_byte_that_is_not_utf8_is_placed()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("{\n \"é\": \""), 0xC3, (byte)'"', (byte)'}'];

        var expected = new Problem("", new SourcePosition(2, 8), "the byte 0xC3 is not UTF-8 text; save the file as UTF-8");
        Assert.Equal(expected, Texts.Error(JsonDocumentReader.Read(bytes)));
        Assert.Equal(expected, Texts.Error(YamlDocumentReader.Read(bytes)));
    }

    [Fact]
    public void Nesting_is_read_down_to_the_limit_and_can_be_written_and_copied()
    {
        var text = new string('[', ParsedDocument.MaximumDepth) + new string(']', ParsedDocument.MaximumDepth);

        var document = Texts.Json(text);

        Assert.Equal(text, Texts.Written(document));
        Assert.True(JsonNode.DeepEquals(document.Root, document.Root!.DeepClone()));
    }

    [Theory]
    [InlineData(257)]
    [InlineData(1_000_000)]
    public void Deeper_nesting_is_one_problem(int depth)
    {
        var error = Texts.Error(Texts.Json(new string('[', depth)));

        Assert.Equal("lists and objects are nested deeper than 256 levels", error.Message);
        Assert.Equal(new SourcePosition(1, 257), error.Position);
    }
}
