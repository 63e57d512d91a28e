using System.Text;
using CsCheck;
using Turbulence.Hosts.Protocol;

namespace Turbulence.Hosts.Tests.Protocol;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_come_out_as_they_went_in_however_they_are_cut()
    {
        var cases = Gen.Select(Gen.Int[0, 70_000].Array[0, 12], Gen.Int[1, 40_000]).Array[40].Single();

        foreach (var (lengths, chunk) in cases)
        {
            var lines = lengths.Select((length, i) => new string((char)('a' + i), length)).ToList();
            using var reader = new LineReader(new Chunks(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), chunk));

            foreach (var line in lines)
            {
                Assert.Equal(LineRead.Line, await reader.NextAsync(CancellationToken.None));
                Assert.Equal(line, Encoding.UTF8.GetString(reader.Line));
            }

            Assert.Equal(LineRead.End, await reader.NextAsync(CancellationToken.None));
        }
    }

    [Fact]
    public async Task Half_a_line_at_the_end_is_none()
    {
        using var reader = new LineReader(new MemoryStream("whole\nhalf"u8.ToArray()));

        Assert.Equal(LineRead.Line, await reader.NextAsync(CancellationToken.None));
        Assert.Equal(LineRead.End, await reader.NextAsync(CancellationToken.None));
        Assert.Equal("half", Encoding.UTF8.GetString(reader.Line));
    }

    [Fact]
    public async Task A_line_above_the_limit_is_refused()
    {
        using var reader = new LineReader(new MemoryStream(new byte[200_000]), longest: 100_000);

        Assert.Equal(LineRead.TooLong, await reader.NextAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_broken_stream_is_an_end()
    {
        var stream = new MemoryStream();
        await stream.DisposeAsync();
        using var reader = new LineReader(stream);

        Assert.Equal(LineRead.End, await reader.NextAsync(CancellationToken.None));
    }

    private sealed class Chunks(byte[] content, int chunk) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }
}
