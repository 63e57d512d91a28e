using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Tests.Values;

public sealed class JsonTextsTests
{
    [Theory]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud800\\\\\\/\\b\\f\\n\\r\\t\\\"\\u0041z\"", "\ud800\\/\b\f\n\r\t\"Az")]
    public void A_text_is_read_even_when_it_has_half_a_surrogate_pair(string json, string expected)
    {
        Assert.True(JsonTexts.TryRead(JsonNode.Parse(json), out var text));
        Assert.Equal(expected, text, StringComparer.Ordinal);
    }

    [Fact]
    public void Values_that_code_made_are_texts_as_JSON_has_them()
    {
        Assert.True(JsonTexts.TryRead('c', out var text));
        Assert.Equal("c", text);
        Assert.True(JsonTexts.TryRead(Guid.Empty, out text));
        Assert.Equal("00000000-0000-0000-0000-000000000000", text);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{}")]
    public void Other_values_are_no_texts(string json) => Assert.False(JsonTexts.TryRead(JsonNode.Parse(json), out _));
}
