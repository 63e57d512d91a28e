using System.Text;
using Turbulence.Load.Connections;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Tests.Connections;

public sealed class AnswerReaderTests
{
    private const string Chunks =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Server: one\r\n\r\n3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\n";
    private const string Lengths =
        "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nX-Server: one\r\nContent-Length: 5\r\n\r\nhello";

    [Theory]
    [InlineData(Chunks)]
    [InlineData(Lengths)]
    public void An_answer_is_whole_with_its_last_byte_however_it_is_cut(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var reader = new AnswerReader();
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second += 5)
            {
                reader.Begin(toHead: false, keepsHead: true, keepsBody: true);
                var last = AnswerProgress.Partial;
                foreach (var piece in new[]
                {
                    bytes[..first],
                    bytes[first..second],
                    bytes[second..],
                }.Where(static piece => piece.Length > 0))
                {
                    Assert.Equal(AnswerProgress.Partial, last);
                    last = reader.Add(piece);
                }

                Assert.Equal(AnswerProgress.Whole, last);
                Assert.Equal((200, "hello", false), (reader.Status, Encoding.Latin1.GetString(reader.Body), reader.IsLast));
                Assert.StartsWith("HTTP/1.1 200", Encoding.Latin1.GetString(reader.Head), StringComparison.Ordinal);
                Assert.EndsWith("\r\n\r\n", Encoding.Latin1.GetString(reader.Head), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void One_that_ends_with_its_connection_is_whole_then_and_the_last()
    {
        var reader = Begun();
        Assert.Equal(AnswerProgress.Partial, reader.Add("HTTP/1.0 200 OK\r\n\r\nhel"u8));
        Assert.Equal(AnswerProgress.Partial, reader.Add("lo"u8));
        Assert.Equal((true, true, "hello"), (reader.End(), reader.IsLast, Encoding.Latin1.GetString(reader.Body)));
        reader = Begun();
        reader.Add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"u8);
        Assert.False(reader.End());
        Assert.False(Begun().End());
    }

    [Fact]
    public void An_answer_to_a_HEAD_has_no_body()
    {
        var reader = new AnswerReader();
        reader.Begin(toHead: true, keepsHead: false, keepsBody: false);
        Assert.Equal(AnswerProgress.Whole, reader.Add("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8));
    }

    [Fact]
    public void More_than_an_answer_makes_it_the_last()
    {
        var reader = Begun();
        Assert.Equal(AnswerProgress.Whole, reader.Add("HTTP/1.1 204 No\r\n\r\nHTTP/1.1 204 No\r\n\r\n"u8));
        Assert.True(reader.IsLast);
        reader = Begun();
        reader.Add("HTTP/1.1 204 No\r\nConnection: close\r\n\r\n"u8);
        Assert.True(reader.IsLast);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/2 200\r\n\r\n")]
    [InlineData("HTTP/1.1 20x OK\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public void What_is_no_answer_is_bad(string text) => Assert.Equal(AnswerProgress.Bad, Begun().Add(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void A_head_without_an_end_is_bad_and_not_kept_for_ever()
    {
        var reader = Begun();
        var line = Encoding.Latin1.GetBytes($"A: {new string('a', 1000)}\r\n");
        var last = reader.Add("HTTP/1.1 200 OK\r\n"u8);
        for (var i = 0; i < 100 && last == AnswerProgress.Partial; i++)
        {
            last = reader.Add(line);
        }

        Assert.Equal((AnswerProgress.Bad, true), (last, reader.Head.Length <= 64 << 10));
    }

    [Fact]
    public void Of_a_large_body_only_the_beginning_is_kept()
    {
        var reader = Begun();
        Assert.Equal(AnswerProgress.Partial, reader.Add("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"u8));
        var piece = new byte[100_000];
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(AnswerProgress.Partial, reader.Add(piece));
        }

        Assert.Equal((AnswerProgress.Whole, AnswerPattern.MostBody), (reader.Add(piece), reader.Body.Length));
    }

    private static AnswerReader Begun()
    {
        var reader = new AnswerReader();
        reader.Begin(toHead: false, keepsHead: false, keepsBody: true);
        return reader;
    }
}
