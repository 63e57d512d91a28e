using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;
using Turbulence.Proxy.Toxics.Http;

namespace Turbulence.Proxy.Tests.Toxics.Http;

public sealed class HttpInputTests
{
    [Fact]
    public void A_head_is_found_however_it_is_cut()
    {
        var text = "POST /orders/7 HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody"u8.ToArray();
        using var pool = new BlockPool();
        for (var first = 1; first < text.Length; first++)
        {
            for (var second = first; second < text.Length; second += 7)
            {
                var input = new HttpInput();
                bool? found = null;
                Packet head = default;
                foreach (var piece in new[] { text[..first], text[first..second], text[second..] }.Where(piece => piece.Length > 0))
                {
                    input.Add(pool.Copy(piece));
                    found ??= input.TakeHead(pool, isRequest: true, out head);
                }

                Assert.True(found);
                Assert.Equal(text[..^4], head.Bytes.ToArray());
                Assert.Equal(4, input.Bytes);
                head.Release();
                input.Clear();
            }
        }

        Assert.Equal(0, pool.Lent);
    }

    [Fact]
    public void A_head_without_an_end_is_given_up()
    {
        using var pool = new BlockPool();
        var input = new HttpInput();
        input.Add(pool.Copy("GET / HTTP/1.1\r\n"u8));
        var line = "A: aaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"u8;
        bool? found = null;
        for (var i = 0; i < 4000 && found is null; i++)
        {
            input.Add(pool.Copy(line));
            found = input.TakeHead(pool, isRequest: true, out _);
        }

        Assert.False(found);
        Assert.InRange(input.Bytes, HttpHead.MostBytes, HttpHead.MostBytes + line.Length);
        input.Clear();
        Assert.Equal(0, pool.Lent);
    }
}
