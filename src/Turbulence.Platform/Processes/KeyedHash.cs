using System.Buffers.Binary;
using System.Numerics;

namespace Turbulence.Platform.Processes;

/// <summary>
/// HMAC (RFC 2104) with SHA-256 (FIPS 180-4), for names that every process of ours makes and no secret depends on. The framework's is
/// OpenSSL's, whose libraries would be loaded for that alone: milliseconds and 4 MiB of each process.
/// </summary>
internal static class KeyedHash
{
    /// <summary>How many bytes a hash has.</summary>
    public const int Length = 32;

    private const int Block = 64;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>The keyed hash of a text.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        var padded = new byte[Block];
        (key.Length > Block ? Sha256(key) : key).CopyTo(padded);
        return Sha256([.. Masked(padded, 0x5c), .. Sha256([.. Masked(padded, 0x36), .. text])]);
    }

    private static byte[] Masked(byte[] key, byte mask) => Array.ConvertAll(key, each => (byte)(each ^ mask));

    private static byte[] Sha256(ReadOnlySpan<byte> text)
    {
        // The text, a one bit, zeros, and the length in bits.
        var padded = new byte[(text.Length + sizeof(ulong) + Block) / Block * Block];
        text.CopyTo(padded);
        padded[text.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(padded.Length - sizeof(ulong)), (ulong)text.Length * 8);

        uint[] state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        for (var at = 0; at < padded.Length; at += Block)
        {
            Compress(state, padded.AsSpan(at, Block));
        }

        var hash = new byte[Length];
        for (var i = 0; i < state.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * sizeof(uint)), state[i]);
        }

        return hash;
    }

    private static void Compress(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Constants.Length];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = i < Block / sizeof(uint)
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..])
                : words[i - 16] + Mixed(words[i - 15], 7, 18, words[i - 15] >> 3) + words[i - 7] + Mixed(
                    words[i - 2], 17, 19, words[i - 2] >> 10);
        }

        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        for (var i = 0; i < words.Length; i++)
        {
            var first = h + Mixed(e, 6, 11, BitOperations.RotateRight(e, 25)) + ((e & f) ^ (~e & g)) + Constants[i] + words[i];
            var second = Mixed(a, 2, 13, BitOperations.RotateRight(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + first, c, b, a, first + second);
        }

        (state[0], state[1], state[2], state[3]) = (state[0] + a, state[1] + b, state[2] + c, state[3] + d);
        (state[4], state[5], state[6], state[7]) = (state[4] + e, state[5] + f, state[6] + g, state[7] + h);
    }

    private static uint Mixed(uint word, int one, int other, uint third) =>
        BitOperations.RotateRight(word, one) ^ BitOperations.RotateRight(word, other) ^ third;
}
