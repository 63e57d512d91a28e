using CsCheck;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Tests.Buffers;

public sealed class PacketQueueTests
{
    [Fact]
    public void Bytes_leave_as_they_came_however_they_are_cut_and_every_block_is_given_back()
    {
        Gen.Select(Gen.Int[0, 3], Gen.Int[1, 5000]).List[1, 100].Sample(steps =>
        {
            using var pool = new BlockPool();
            var queue = new PacketQueue();
            List<byte> came = [];
            List<byte> left = [];
            foreach (var (kind, size) in steps)
            {
                switch (kind)
                {
                    case 0:
                        var bytes = Enumerable.Range(came.Count, size).Select(number => (byte)(number * 31)).ToArray();
                        came.AddRange(bytes);
                        queue.Add(pool.Copy(bytes));
                        break;
                    case 1 when !queue.IsEmpty:
                        Leave(queue.Take());
                        break;
                    case 2 when !queue.IsEmpty && queue.First.Length > size:
                        Leave(queue.TakePiece(size));
                        break;
                    case 3 when !queue.IsEmpty && queue.First.Length > size:
                        left.AddRange(queue.First.Bytes[..size]);
                        queue.Shorten(size);
                        break;
                }

                Assert.Equal(came.Count - left.Count, queue.Bytes);
            }

            while (!queue.IsEmpty)
            {
                Leave(queue.Take());
            }

            Assert.Equal(came, left);
            Assert.Equal((0, 0), (pool.Lent, pool.LentBytes));

            void Leave(Packet packet)
            {
                left.AddRange(packet.Bytes);
                packet.Release();
            }
        });
    }

    [Fact]
    public void What_is_released_can_be_neither_read_nor_released_again()
    {
        using var pool = new BlockPool();
        var packet = pool.Copy([1, 2, 3]);
        packet.Release();
        Assert.Throws<ObjectDisposedException>(() => packet.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(packet.Release);
    }

    [Fact]
    public void What_nobody_needed_for_a_while_is_given_back_to_the_system()
    {
        using var pool = new BlockPool();
        var packets = Enumerable.Range(0, 10).Select(_ => pool.Copy([1])).ToList();
        packets.ForEach(packet => packet.Release());
        pool.Trim();
        Assert.True(pool.HasSpare);
        pool.Copy([1]).Release();
        pool.Trim();
        Assert.True(pool.HasSpare);
        pool.Trim();
        Assert.False(pool.HasSpare);
    }
}
