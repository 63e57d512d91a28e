using System.Text;
using Turbulence.Platform.Http;

namespace Turbulence.Platform.Tests.Http;

public sealed class HttpBodyTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5;a=b;c=\"d\"\r\nhello\r\n00A ; x\r\n0123456789\r\n0\r\nTrailer: a\r\nOther: b\r\n\r\n", "hello0123456789")]
    public void Chunks_end_where_they_end_however_they_are_cut(string text, string content)
    {
        var bytes = Encoding.ASCII.GetBytes(text + "GET");
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            var body = new HttpBody(HttpBodyKind.Chunked, 0);
            var (read, found) = Read(ref body, bytes[..cut]);
            if (!body.IsDone)
            {
                var (more, rest) = Read(ref body, bytes[cut..]);
                (read, found) = (read + more, found + rest);
            }

            Assert.Equal((text.Length, content, true, false), (read, found, body.IsDone, body.IsBad));
        }
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData(";a\r\n")]
    [InlineData("g\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("0x5\r\n")]
    [InlineData("5\nhello")]
    [InlineData("5\r\nhello0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5;a\nhello\r\n0\r\n\r\n")]
    [InlineData("0\r\n\nA")]
    [InlineData("0\r\n Folded: a\r\n\r\n")]
    [InlineData("ffffffffffffffff\r\n")]
    [InlineData("0000000000000001\r\n")]
    public void What_is_no_chunk_is_told(string text)
    {
        var body = new HttpBody(HttpBodyKind.Chunked, 0);
        Read(ref body, Encoding.ASCII.GetBytes(text));
        Assert.Equal((true, false), (body.IsBad, body.IsDone));
    }

    [Fact]
    public void A_length_is_counted()
    {
        var body = new HttpBody(HttpBodyKind.Length, 5);
        Assert.Equal((5, "hello"), Read(ref body, "hello, world"u8.ToArray()));
        Assert.True(body.IsDone);
        Assert.True(new HttpBody(HttpBodyKind.None, 0).IsDone);
    }

    [Fact]
    public void Framing_without_end_is_told()
    {
        var body = new HttpBody(HttpBodyKind.Chunked, 0);
        Read(ref body, Encoding.ASCII.GetBytes("5;" + new string('a', HttpHead.MostBytes)));
        Assert.True(body.IsBad);
        body = new HttpBody(HttpBodyKind.Chunked, 0);
        Read(ref body, Encoding.ASCII.GetBytes("0\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", HttpHead.MostBytes / 5))));
        Assert.True(body.IsBad);
    }

    private static (int Read, string Content) Read(ref HttpBody body, byte[] bytes)
    {
        var (read, content) = (0, "");
        while (read < bytes.Length && !body.IsDone && !body.IsBad)
        {
            var taken = body.Take(bytes.AsSpan(read), out var isContent);
            content += isContent ? Encoding.ASCII.GetString(bytes, read, taken) : "";
            read += taken;
        }

        return (read, content);
    }
}
