using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Cli.Wizard.Answers;

namespace Turbulence.Cli.Tests.Wizard.Answers;

public sealed class PortableTypeTests
{
    [Theory]
    [InlineData("string", "5", "\"5\"")]
    [InlineData("string", "true", "\"true\"")]
    [InlineData("byte", "[1]", "\"[1]\"")]
    [InlineData("boolean", "true", "true")]
    [InlineData("boolean", "Yes", "true")]
    [InlineData("boolean", "no", "false")]
    [InlineData("integer", "5", "5")]
    [InlineData("integer", "-12345678901234567890", "-12345678901234567890")]
    [InlineData("number", "1.50", "1.50")]
    [InlineData("number", "3", "3")]
    [InlineData("list", "[1, \"two\"]", "[1,\"two\"]")]
    [InlineData("tuple", "[]", "[]")]
    [InlineData("set", "[true]", "[true]")]
    [InlineData("mapping", "{\"a\": {\"b\": null}}", "{\"a\":{\"b\":null}}")]
    [InlineData("null", "null", "null")]
    [InlineData("object", "5", "5")]
    [InlineData("object", "null", "null")]
    [InlineData("object", "some words", "\"some words\"")]
    [InlineData("object", "\"5\"", "\"5\"")]
    [InlineData(null, "false", "false")]
    [InlineData("a-type-of-the-future", "[1]", "[1]")]
    [InlineData("integer", "${port}", "\"${port}\"")]
    [InlineData("mapping", "${labels}", "\"${labels}\"")]
    public void Section_13_an_answer_is_given_with_its_type(string? type, string answer, string json)
    {
        Assert.Null(PortableType.Read(type, answer, out var value));
        Assert.Equal(json, value is null ? "null" : value.ToJsonString());
    }

    [Theory]
    [InlineData("boolean", "1", "true or false is expected")]
    [InlineData("boolean", "", "true or false is expected")]
    [InlineData("integer", "1.5", "a whole number is expected")]
    [InlineData("integer", "five", "a whole number is expected")]
    [InlineData("integer", "\"5\"", "a whole number is expected")]
    [InlineData("number", "NaN", "a number is expected")]
    [InlineData("number", "true", "a number is expected")]
    [InlineData("list", "1, 2", "a list is expected, in JSON: [1, \"two\"]")]
    [InlineData("list", "{}", "a list is expected, in JSON: [1, \"two\"]")]
    [InlineData("set", "[1", "a list is expected, in JSON: [1, \"two\"]")]
    [InlineData("mapping", "a=b", "a map is expected, in JSON: {\"key\": \"value\"}")]
    [InlineData("null", "0", "nothing but null is expected")]
    public void An_answer_of_another_type_is_told_what_is_expected(string type, string answer, string expected) =>
        Assert.Equal(expected, PortableType.Read(type, answer, out _));

    [Fact]
    public void What_is_shown_as_usual_is_read_as_the_same_value() =>
        Gen.Select(
                Gen.OneOf(
                    Gen.Const((string?)"string"),
                    Gen.Const((string?)"object"),
                    Gen.Const((string?)"integer"),
                    Gen.Const((string?)"list"),
                    Gen.Const((string?)null)),
                Gen.OneOf(
                    Gen.String[Gen.Char["abe \"[]{},:0129.truefalsn"], 1, 8].Select(text => (JsonNode?)JsonValue.Create(text)),
                    Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Bool.Select(value => (JsonNode?)JsonValue.Create(value)),
                    Gen.Int.Array[0, 3].Select(list => (JsonNode?)new JsonArray([.. list.Select(item => JsonValue.Create(item))]))))
            .Where((type, value) => Fits(type, value))
            .Sample((type, value) =>
            {
                Assert.Null(PortableType.Read(type, PortableType.Typed(type, value), out var read));
                Assert.True(JsonNode.DeepEquals(value, read), $"{type}: {value?.ToJsonString()} came back as {read?.ToJsonString()}");
            });

    private static bool Fits(string? type, JsonNode? value) => type switch
    {
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "integer" => value is JsonValue number && number.TryGetValue<int>(out _),
        "list" => value is JsonArray,
        _ => true,
    };
}
