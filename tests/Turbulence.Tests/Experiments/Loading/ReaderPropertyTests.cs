using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

public sealed class ReaderPropertyTests
{
    private static readonly string[] JsonPieces =
        ["{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\\", "\\u", "d800", "1", "-", "0", ".", "e", "true", "nul", " ", "\n", "//", "NaN", "é", "😀", "\0", "\uFEFF"];

    private static readonly string[] YamlPieces =
    [
        "a", "b: c", "- x", "? k", ": v", "[", "]", "{", "}", ",", "&x ", "*x", "!!str ", "!!set ", "!!omap ", "!t ", "! ", "|", ">-",
        "|2", "\n  t", "'q'", "\"q\"", "\"", "'",
        " #c", "\n---\n", "\n...\n", "\n", "\n", "\n", "  ", " ", "- ", "a: ", "<<: ", "\t", "%YAML 1.1\n", "%TAG ! x\n", "é", "😀", "\0",
        "\uFEFF", "\u0085", "0x", ".inf", "1:30", "2024-01-02",
    ];

    [Fact]
    public void Reading_never_throws_on_any_bytes() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            Check(JsonDocumentReader.Read(bytes));
            Check(YamlDocumentReader.Read(bytes));
        },
        iter: 5_000);

    [Fact]
    public void Reading_never_throws_on_any_json_like_text() =>
        Documents.Of(JsonPieces).Sample(text => Check(Texts.Json(text)), iter: 20_000);

    [Fact]
    public void Reading_never_throws_on_any_yaml_like_text() =>
        Documents.Of(YamlPieces).Sample(text => Check(Texts.Yaml(text)), iter: 20_000);

    [Fact]
    public void Json_is_read_as_it_was_written() => Documents.Any.Sample(
        document =>
        {
            var read = Texts.Json(document?.ToJsonString() ?? "null");
            return read.Problems.Count == 0 && JsonNode.DeepEquals(document, read.Root);
        },
        iter: 2_000);

    [Fact]
    public void Yaml_and_json_of_one_document_give_the_same_tree() => Documents.Any.Sample(
        document =>
        {
            var json = Texts.Json(document?.ToJsonString() ?? "null");
            var yaml = Texts.Yaml(YamlText.Of(document));
            return !yaml.HasErrors && yaml.Root?.ToJsonString() == json.Root?.ToJsonString();
        },
        iter: 2_000);

    [Fact]
    public void Indented_json_is_yaml_of_the_same_tree() => Documents.Any.Sample(
        document =>
        {
            var text = document?.ToJsonString(Indented) ?? "null";
            return !Texts.Yaml(text).HasErrors && Texts.Yaml(text).Root?.ToJsonString() == Texts.Json(text).Root?.ToJsonString();
        },
        iter: 2_000);

    [Fact]
    public void Every_value_of_a_document_has_a_place_at_which_it_begins() => Documents.Any.Sample(
        document =>
        {
            var text = document?.ToJsonString(Indented) ?? "null";
            var lines = text.Split('\n');
            var read = Texts.Json(text);
            AssertPlaces(read.Root, DocumentPath.Root, read.Map, lines);
        },
        iter: 500);

    private static System.Text.Json.JsonSerializerOptions Indented { get; } = new(System.Text.Json.JsonSerializerOptions.Default)
    {
        WriteIndented = true,
        NewLine = "\n",
    };

    private static void AssertPlaces(JsonNode? node, DocumentPath path, DocumentMap map, string[] lines)
    {
        if (node is not null)
        {
            var place = map.Find(path)!.Value;
            Assert.StartsWith(node.ToJsonString()[..1], lines[place.Line - 1][(place.Column - 1)..], StringComparison.Ordinal);
        }

        foreach (var (name, value) in node as JsonObject ?? [])
        {
            AssertPlaces(value, path[name], map, lines);
        }

        for (var i = 0; node is JsonArray list && i < list.Count; i++)
        {
            AssertPlaces(list[i], path[i], map, lines);
        }
    }

    /// <summary>A result is a document, or one error with a place and a text of one line.</summary>
    private static void Check(ParsedDocument document)
    {
        foreach (var problem in document.Problems)
        {
            Assert.NotNull(problem.Position);
            Assert.NotEmpty(problem.Message);
            Assert.DoesNotContain('\n', problem.Message);
        }

        Assert.True(document.Problems.Count(problem => problem.Severity == ProblemSeverity.Error) == (document.HasErrors ? 1 : 0));
        Assert.True(!document.HasErrors || document.Root is null);
        Assert.True(Encoding.UTF8.GetByteCount(document.Root?.ToJsonString() ?? "null") > 0);
    }
}
