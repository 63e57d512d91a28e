using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Tests.Buffers;

public sealed class PacketTests
{
    [Fact]
    public void Pieces_that_were_cut_from_each_other_are_one_again_and_no_others_are()
    {
        using var pool = new BlockPool();
        var head = pool.Copy("head body next"u8).Cut(5, out var rest);
        var body = rest.Cut(5, out var next);
        Assert.False(head.TryJoin(next, out _));
        Assert.False(body.TryJoin(head, out _));
        Assert.False(head.TryJoin(Packet.End, out _));
        Assert.False(default(Packet).TryJoin(head, out _));
        var other = pool.Copy("body"u8);
        Assert.False(head.TryJoin(other, out _));
        other.Release();

        Assert.True(head.TryJoin(body, out var joined));
        Assert.Equal("head body "u8.ToArray(), joined.Bytes.ToArray());
        Assert.True(joined.TryJoin(next, out joined));
        Assert.Equal("head body next"u8.ToArray(), joined.Bytes.ToArray());
        joined.Release();
        Assert.Equal(0, pool.Lent);
    }
}
