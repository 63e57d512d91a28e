using System.Buffers;
using System.Text;
using Turbulence.Http;

namespace Turbulence.Activities.Http;

/// <summary>
/// The headers of an answer as they came over the wire. The handler below gives well-known names their usual casing
/// (<c>content-type</c> reads <c>Content-Type</c>), which would break a tolerance that asks for the name the server sent;
/// so they are read from the bytes.
/// </summary>
internal sealed class ResponseHead
{
    /// <summary>More than the handler accepts of one answer, so that what comes before it (status 1xx) has room too.</summary>
    private const int Limit = 256 * 1024;

    private readonly ArrayBufferWriter<byte> bytes = new();
    private List<KeyValuePair<string, string>>? headers;

    /// <summary>True once a byte of the answer came.</summary>
    public bool Started => bytes.WrittenCount > 0;

    /// <summary>Each name in the casing of its first line, with its values joined by a comma and a space.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers => headers ??= Join(Lines());

    /// <summary>The joined value of a header, its name in any case; null where it did not come.</summary>
    public string? this[string name] => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Each line of a header, apart.</summary>
    public IEnumerable<string> Each(string name) =>
        Lines().Where(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value);

    /// <summary>Why nobody can say where the body ends; null when all is well.</summary>
    public string? FramingProblem => ContentLength.Problem(Each("Content-Length"));

    /// <summary>Takes what was read from the connection.</summary>
    public void Append(ReadOnlySpan<byte> read) => bytes.Write(read[..Math.Min(read.Length, Limit - bytes.WrittenCount)]);

    private static List<KeyValuePair<string, string>> Join(IEnumerable<KeyValuePair<string, string>> lines)
    {
        var joined = new List<KeyValuePair<string, string>>();
        foreach (var line in lines)
        {
            var index = joined.FindIndex(header => header.Key.Equals(line.Key, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                joined.Add(line);
            }
            else
            {
                joined[index] = new(joined[index].Key, $"{joined[index].Value}, {line.Value}");
            }
        }

        return joined;
    }

    private List<KeyValuePair<string, string>> Lines()
    {
        var lines = new List<KeyValuePair<string, string>>();
        var rest = bytes.WrittenSpan;
        var interim = IsInterim(Next(ref rest));
        while (rest.Length > 0)
        {
            var line = Next(ref rest);
            if (line.Length == 0)
            {
                if (!interim)
                {
                    break;
                }

                lines.Clear();
                interim = IsInterim(Next(ref rest));
            }
            else if (line[0] is (byte)' ' or (byte)'\t' && lines.Count > 0)
            {
                lines[^1] = new(lines[^1].Key, $"{lines[^1].Value} {Text(line)}");
            }
            else if (line.IndexOf((byte)':') is > 0 and var colon)
            {
                lines.Add(new(Text(line[..colon]), Text(line[(colon + 1)..])));
            }
        }

        return lines;
    }

    /// <summary>Whether another answer follows; after 101, the protocol is another one.</summary>
    private static bool IsInterim(ReadOnlySpan<byte> statusLine) =>
        statusLine.StartsWith("HTTP/1.1 1"u8) && !statusLine.StartsWith("HTTP/1.1 101"u8);

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }

    private static string Text(ReadOnlySpan<byte> latin) => Encoding.Latin1.GetString(latin.Trim(" \t"u8));
}
