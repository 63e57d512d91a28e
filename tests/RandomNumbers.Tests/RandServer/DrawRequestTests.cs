using System.Buffers;
using System.Text;
using RandomNumbers.RandServer;

namespace RandomNumbers.Tests.RandServer;

public sealed class DrawRequestTests
{
    [Theory]
    [InlineData("""{"content": 10}""", 10)]
    [InlineData("""{"content": "10"}""", 10)]
    [InlineData("""{"other": {"content": 1}, "content": 7, "list": [1, 2]}""", 7)]
    [InlineData("""{"content": 9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"content": "9223372036854775807"}""", long.MaxValue)]
    public void A_positive_integer_is_read_as_number_or_text(string body, long expected)
    {
        Assert.Null(Read(body, out var limit));
        Assert.Equal(expected, limit);
    }

    [Theory]
    [InlineData("""{"content": "abc"}""", "'abc' is not a number")]
    [InlineData("""{"content": ""}""", "'' is not a number")]
    [InlineData("""{"content": " 10"}""", "' 10'")]
    [InlineData("""{"content": "١٠"}""", "is not a number")]
    [InlineData("""{"content": "-"}""", "'-' is not a number")]
    [InlineData("""{"content": -5}""", "positive integer, but is '-5'")]
    [InlineData("""{"content": "-5"}""", "positive integer, but is '-5'")]
    [InlineData("""{"content": 0}""", "positive integer, but is '0'")]
    [InlineData("""{"content": "00"}""", "positive integer, but is '00'")]
    [InlineData("""{"content": 1.5}""", "whole number")]
    [InlineData("""{"content": 10.0}""", "whole number")]
    [InlineData("""{"content": 1e3}""", "whole number")]
    [InlineData("""{"content": "1.5"}""", "whole number")]
    [InlineData("""{"content": 9223372036854775808}""", "at most 9223372036854775807")]
    [InlineData("""{"content": "99999999999999999999999999999999999999999999999999"}""", "at most 9223372036854775807")]
    [InlineData("""{"content": -9223372036854775809}""", "positive")]
    [InlineData("""{"content": null}""", "positive integer")]
    [InlineData("""{"content": true}""", "positive integer")]
    [InlineData("""{"content": [10]}""", "positive integer")]
    [InlineData("""{"content": {"content": 10}}""", "positive integer")]
    [InlineData("""{"Content": 10}""", "'content' is missing")]
    [InlineData("{}", "'content' is missing")]
    [InlineData("10", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("""{"content": 10""", "not valid JSON")]
    [InlineData("""{"content": 10} {}""", "not valid JSON")]
    [InlineData("""{"content": 010}""", "not valid JSON")]
    [InlineData("content=10", "not valid JSON")]
    [InlineData("""{"content": "\ud800"}""", "not valid JSON")]
    public void Anything_else_is_refused_with_its_reason(string body, string reason) =>
        Assert.Contains(reason, Read(body, out _), StringComparison.Ordinal);

    [Fact]
    public void A_long_value_is_quoted_in_part() =>
        Assert.InRange(Read($$"""{"content": "{{new string('x', 10_000)}}"}""", out _)!.Length, 50, 120);

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal("the body is not valid JSON", Read("""{"a":""" + new string('[', 50_000), out _));

    [Fact]
    public void Broken_text_is_refused() =>
        Assert.Equal("the body is not valid JSON", DrawRequest.Read(
            new ReadOnlySequence<byte>([.. "{\"content\": \""u8, 0xFF, 0xFE, .. "\"}"u8]), out _));

    private static string? Read(string body, out long limit) =>
        DrawRequest.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), out limit);
}
