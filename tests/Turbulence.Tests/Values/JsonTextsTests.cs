using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Tests.Values;

public sealed class JsonTextsTests
{
    [Theory]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    public void A_text_is_read(string json, string expected)
    {
        Assert.True(JsonTexts.TryRead(JsonNode.Parse(json), out var text));
        Assert.Equal(expected, text, StringComparer.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_read_with_everything_around_it()
    {
        Assert.True(JsonTexts.TryRead(JsonNode.Parse("""
            "\ud800\\\/\b\f\n\r\t\"\u0041z"
            """), out var text));
        Assert.Equal("\ud800\\/\b\f\n\r\t\"Az", text, StringComparer.Ordinal);
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
