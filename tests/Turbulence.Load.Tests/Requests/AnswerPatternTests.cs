using System.Text;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Tests.Requests;

public sealed class AnswerPatternTests
{
    [Theory]
    [InlineData("primary", """{"server":"primary (8002)"}""", true)]
    [InlineData("primary", """{"server":"secondary"}""", false)]
    [InlineData("\"server\":\\s*\"sec", """{"server":  "secondary"}""", true)]
    [InlineData("^primär$", "primär", true)]
    [InlineData("", "", true)]
    public void It_is_found_anywhere_in_a_body(string pattern, string body, bool isFound) =>
        Assert.Equal(isFound, new AnswerPattern(pattern).IsIn(200, [], Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_header_is_looked_at_by_its_name_in_either_letter_case()
    {
        var head = "HTTP/1.1 200 OK\r\nX-Other: one\r\nx-server: two\r\nX-SERVER: three\r\n\r\n"u8;
        Assert.True(new AnswerPattern("two", AnswerPart.Header, "X-Server").IsIn(200, head, []));
        Assert.True(new AnswerPattern("^three$", AnswerPart.Header, "X-Server").IsIn(200, head, []));
        Assert.False(new AnswerPattern("one", AnswerPart.Header, "X-Server").IsIn(200, head, []));
    }

    [Fact]
    public void A_status_is_looked_at_as_its_digits()
    {
        Assert.True(new AnswerPattern("^50.$", AnswerPart.Status).IsIn(503, [], []));
        Assert.False(new AnswerPattern("^50.$", AnswerPart.Status).IsIn(404, [], []));
    }

    [Theory]
    [InlineData("$.server", null, """{"server":"primary"}""", true)]
    [InlineData("$.server", null, """{"port":5}""", false)]
    [InlineData("$.server.port", "8002", """{"server":{"port":8002}}""", true)]
    [InlineData("$.server.port", "8002", """{"server":{"port":8001}}""", false)]
    [InlineData("$.items[*].id", "[1, 2]", """{"items":[{"id":1},{"id":2}]}""", true)]
    [InlineData("$.items[*].id", "[]", """{"items":[]}""", true)]
    [InlineData("$.error", "null", """{"error":null}""", true)]
    [InlineData("$", null, "no json", false)]
    [InlineData("$.none", "[]", "no json", false)]
    [InlineData("$.a", null, """{"a":1,"a":2}""", false)]
    [InlineData("$.a", "\"x\"", """{"a":"\ud800"}""", false)]
    public void A_json_path_finds_what_is_expected_in_a_body_that_is_json(string path, string? expect, string body, bool isFound)
    {
        var pattern = AnswerPattern.OfJsonPath(
            path, expect is not null, expect is null ? null : System.Text.Json.Nodes.JsonNode.Parse(expect));
        Assert.Equal(AnswerPart.Body, pattern.Part);
        Assert.Equal(isFound, pattern.IsIn(200, [], Encoding.UTF8.GetBytes(body)));
    }

    [Fact]
    public void What_is_no_json_path_is_refused() => Assert.ThrowsAny<ArgumentException>(static () => AnswerPattern.OfJsonPath("$["));

    [Theory]
    [InlineData("(")]
    [InlineData("a(?=b)")]
    [InlineData(@"(a)\1")]
    public void What_is_no_expression_or_takes_more_than_linear_time_is_refused(string pattern) =>
        Assert.ThrowsAny<ArgumentException>(() => new AnswerPattern(pattern));
}
