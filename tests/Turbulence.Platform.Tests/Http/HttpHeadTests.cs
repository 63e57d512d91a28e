using System.Text;
using Turbulence.Platform.Http;

namespace Turbulence.Platform.Tests.Http;

public sealed class HttpHeadTests
{
    [Fact]
    public void A_requests_head_says_what_comes_behind_it()
    {
        Assert.Equal((HttpBodyKind.None, 0L), Body("GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal((HttpBodyKind.Length, 12L), Body("POST / HTTP/1.1\r\ncontent-LENGTH:\t12 \r\n\r\n"));
        Assert.Equal((HttpBodyKind.None, 0L), Body("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"));
        Assert.Equal((HttpBodyKind.Chunked, 0L), Body("POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"));
        var head = Request("CONNECT a:443 HTTP/1.1\r\n\r\n")!.Value;
        Assert.True(head.IsConnect);
        head = Request("HEAD /x HTTP/1.0\r\nExpect: 100-Continue\r\n\r\n")!.Value;
        Assert.Equal((true, true, true, 5, 2), (head.IsHead, head.ExpectsContinue, head.IsLast, head.TargetStart, head.TargetLength));
        Assert.False(Request("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")!.Value.IsLast);
        Assert.True(Request("GET / HTTP/1.1\r\nConnection: foo, Close\r\n\r\n")!.Value.IsLast);
        Assert.True(Request("GET / HTTP/1.1\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n")!.Value.IsUpgrade);
        Assert.False(Request("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n")!.Value.IsUpgrade);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 5")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: 5, 5")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: +1")]
    [InlineData("Content-Length: 0x1")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 99999999999999999999")]
    [InlineData("Content-Length: 18446744073709551617")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: gzip")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Content-Length : 5")]
    [InlineData(" Content-Length: 5")]
    [InlineData("A: b\r\n folded: c")]
    [InlineData("A: b\nContent-Length: 5")]
    [InlineData("A: b\rContent-Length: 5")]
    [InlineData("A: \0")]
    [InlineData(": b")]
    [InlineData("no field")]
    public void What_could_mean_two_things_is_refused(string fields) => Assert.Null(Request($"POST / HTTP/1.1\r\n{fields}\r\n\r\n"));

    [Theory]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.2\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("GET  / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1 \r\n\r\n")]
    [InlineData("GET /a b HTTP/1.1\r\n\r\n")]
    [InlineData("GET\t/ HTTP/1.1\r\n\r\n")]
    [InlineData("get / HTTP/1.1\r\n\r\n")]
    [InlineData("*1\r\n\r\n")]
    public void What_is_no_request_is_refused(string text)
    {
        Assert.Null(Request(text));
        Assert.False(HttpHead.CouldBeRequest(Encoding.Latin1.GetBytes(text)));
    }

    [Fact]
    public void An_answers_head_says_what_comes_behind_it()
    {
        Assert.Equal((HttpBodyKind.UntilEnd, 0L), Answer("HTTP/1.1 200 OK\r\n\r\n"));
        Assert.Equal((HttpBodyKind.Length, 3L), Answer("HTTP/1.1 200\r\nContent-Length: 3\r\n\r\n"));
        Assert.Equal((HttpBodyKind.Chunked, 0L), Answer("HTTP/1.1 500 Oh no\r\nTransfer-Encoding: chunked\r\n\r\n"));
        Assert.Equal((HttpBodyKind.UntilEnd, 0L), Answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"));
        Assert.Equal((HttpBodyKind.None, 0L), Answer("HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\n"));
        Assert.Equal((HttpBodyKind.None, 0L), Answer("HTTP/1.1 304 No\r\nContent-Length: 3\r\n\r\n"));
        Assert.Equal((HttpBodyKind.None, 0L), Answer("HTTP/1.1 100 Continue\r\n\r\n"));
        Assert.Equal((HttpBodyKind.None, 0L), Answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", toHead: true));
        Assert.Null(Answer("HTTP/1.1 20 OK\r\n\r\n"));
        Assert.Null(Answer("HTTP/1.1 2000 OK\r\n\r\n"));
        Assert.Null(Answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"));
        Assert.Null(Answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n"));
    }

    [Fact]
    public void Whatever_the_beginning_of_a_request_is_is_the_beginning_of_one()
    {
        var text = "M-SEARCH http://a/b?c=d HTTP/1.1\r\nHost: a\r\n\r\n"u8;
        for (var length = 1; length <= text.Length; length++)
        {
            Assert.True(HttpHead.CouldBeRequest(text[..length]));
        }
    }

    private static HttpHead? Request(string text) => HttpHead.TryReadRequest(Encoding.Latin1.GetBytes(text), out var head) ? head : null;

    private static (HttpBodyKind, long) Body(string text) => (Request(text)!.Value.Body, Request(text)!.Value.Length);

    private static (HttpBodyKind, long)? Answer(string text, bool toHead = false) =>
        HttpHead.TryReadAnswer(Encoding.Latin1.GetBytes(text), toHead, out var head) ? (head.Body, head.Length) : null;
}
