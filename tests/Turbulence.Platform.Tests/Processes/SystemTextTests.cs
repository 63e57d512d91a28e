using System.Text;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class SystemTextTests
{
    [Fact]
    public void Every_sequence_of_bytes_comes_back_as_it_was()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, SystemText.Encode(SystemText.Decode(bytes)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rand-server 8002 é \U0001f480")]
    public void What_is_UTF_8_is_read_as_such(string text)
    {
        Assert.Equal(text, SystemText.Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(Encoding.UTF8.GetBytes(text), SystemText.Encode(text));
        Assert.True(SystemText.IsPlain(text));
    }

    [Fact]
    public void What_is_not_is_not_plain() =>
        Assert.False(SystemText.IsPlain(SystemText.Decode("caf\xe9"u8[..3].ToArray().Append((byte)0xe9).ToArray())));
}
