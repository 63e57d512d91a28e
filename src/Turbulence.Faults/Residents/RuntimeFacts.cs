using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Turbulence.Faults.Residents;

/// <summary>What a runtime says of itself.</summary>
/// <param name="Version">Its version: <c>10.0.12</c>.</param>
/// <param name="EntryAssembly">The name of the program's assembly: <c>RequireRand</c>.</param>
/// <param name="Problem">Why nothing is known, in one line; null where it is.</param>
internal sealed record RuntimeFacts(string Version, string EntryAssembly, string? Problem)
{
    private const int IdAndCookie = 24;

    /// <summary>The first number of its version; 0 where that is not known.</summary>
    public int Major =>
        int.TryParse(Version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0;

    /// <summary>
    /// Reads the answer to ProcessInfo2: the id, a cookie, then command line, operating system, architecture, entry assembly and version,
    /// each a length in UTF-16 units with its zero, and the text.
    /// </summary>
    public static RuntimeFacts Read(ReadOnlySpan<byte> payload)
    {
        var texts = new string[5];
        var rest = payload.Length >= IdAndCookie ? payload[IdAndCookie..] : [];
        for (var i = 0; i < texts.Length; i++)
        {
            if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(rest) is var units && units > rest.Length)
            {
                return new RuntimeFacts("", "", "its runtime says of itself what nobody understands");
            }

            var bytes = (int)units * sizeof(char);
            rest = rest[sizeof(uint)..];
            if (rest.Length < bytes)
            {
                return new RuntimeFacts("", "", "its runtime says of itself what nobody understands");
            }

            texts[i] = Encoding.Unicode.GetString(rest[..bytes]).TrimEnd('\0');
            rest = rest[bytes..];
        }

        // "10.0.12+hash" or "10.0.12 @Commit: hash".
        return new RuntimeFacts(texts[4].Split('+', ' ', '@')[0], texts[3], null);
    }
}
