using System.Security.Cryptography;
using Turbulence.Platform.Processes;

namespace Turbulence.Platform.Tests.Processes;

public sealed class KeyedHashTests
{
    [Fact]
    public void It_is_the_frameworks_for_keys_and_texts_of_every_length_around_a_block()
    {
        var random = new Random(1);
        foreach (var keyLength in (int[])[0, 1, 32, 33, 63, 64, 65, 200])
        {
            for (var textLength = 0; textLength < 200; textLength++)
            {
                var (key, text) = (new byte[keyLength], new byte[textLength]);
                random.NextBytes(key);
                random.NextBytes(text);
                Assert.Equal(HMACSHA256.HashData(key, text), KeyedHash.Of(key, text));
            }
        }
    }

    [Fact]
    public void A_known_text_has_the_known_hash() => Assert.Equal(
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        Convert.ToHexStringLower(KeyedHash.Of("Jefe"u8, "what do ya want for nothing?"u8)));
}
