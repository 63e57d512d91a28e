using System.Text;
using Turbulence.Platform.Http;
using Turbulence.Platform.Loops;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>Which requests a toxic is for, and what it does to those that it hits.</summary>
/// <param name="values">The toxic's attributes.</param>
/// <param name="effect">What it does.</param>
internal sealed class HttpRule(ToxicValues values, HttpEffect effect)
{
    private readonly byte[][] methods = [.. values
        .Text(HttpToxic.Method)
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(Encoding.ASCII.GetBytes)];
    private readonly HttpPath? path = values.Text(HttpToxic.Path) is { Length: > 0 } template ? HttpPath.Parse(template) : null;
    private readonly (byte[] Name, byte[]? Value) header = Pair(values.Text(HttpToxic.Header), ':');
    private readonly (byte[] Name, byte[]? Value) baggage = Pair(values.Text(HttpToxic.Baggage), '=');
    private readonly long nth = values.Integer(HttpToxic.Nth);
    private readonly long first = values.Integer(HttpToxic.First);
    private readonly double after = values.Number(HttpToxic.After);
    private readonly double until = values.Number(HttpToxic.Until);

    /// <summary>What it does.</summary>
    public HttpEffect Effect { get; } = effect;

    /// <summary>Whether requests are counted to know which are hit.</summary>
    public bool Counts => nth > 0 || first > 0;

    /// <summary>Whether those of all connections are counted together.</summary>
    public bool IsAcross { get; } = values.Text(HttpToxic.Counted) == HttpToxic.All;

    /// <summary>Whether it is for the request of a number among those that match.</summary>
    public bool IsCounted(long number) => (nth == 0 || number == nth) && (first == 0 || number <= first);

    /// <summary>Whether it is for this time since the toxic was added.</summary>
    public bool IsInWindow(long age, LoopClock clock) =>
        age >= clock.Milliseconds(after) && (until == 0 || age < clock.Milliseconds(until));

    /// <summary>Whether it is for a request like this.</summary>
    public bool Matches(ReadOnlySpan<byte> bytes, in HttpHead head) =>
        MatchesMethod(bytes[..head.MethodLength])
        && (path is null || path.Matches(bytes.Slice(head.TargetStart, head.TargetLength)))
        && (header.Name.Length == 0 || MatchesHeader(bytes))
        && (baggage.Name.Length == 0 || MatchesBaggage(bytes));

    private static (byte[] Name, byte[]? Value) Pair(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0
            ? (Encoding.UTF8.GetBytes(text.Trim()), null)
            : (Encoding.UTF8.GetBytes(text[..at].Trim()), Encoding.UTF8.GetBytes(text[(at + 1)..].Trim()));
    }

    private bool MatchesMethod(ReadOnlySpan<byte> method)
    {
        foreach (var one in methods)
        {
            if (method.SequenceEqual(one))
            {
                return true;
            }
        }

        return methods.Length == 0;
    }

    private bool MatchesHeader(ReadOnlySpan<byte> head)
    {
        var fields = new HttpFields(head);
        while (fields.MoveNext())
        {
            if (HttpFields.Is(fields.Name, header.Name) && (header.Value is null || fields.Value.SequenceEqual(header.Value)))
            {
                return true;
            }
        }

        return false;
    }

    // W3C Baggage, 3.3: key = value ; properties, key = value; a value may be percent-encoded.
    private bool MatchesBaggage(ReadOnlySpan<byte> head)
    {
        var fields = new HttpFields(head);
        while (fields.MoveNext())
        {
            if (fields.Name.Length != 7 || !HttpFields.Is(fields.Name, "baggage"u8))
            {
                continue;
            }

            foreach (var range in fields.Value.Split((byte)','))
            {
                var entry = fields.Value[range];
                var properties = entry.IndexOf((byte)';');
                entry = properties < 0 ? entry : entry[..properties];
                var equals = entry.IndexOf((byte)'=');
                if (equals > 0 && entry[..equals].Trim(" \t"u8).SequenceEqual(baggage.Name)
                    && (baggage.Value is null || IsEncoded(entry[(equals + 1)..].Trim(" \t"u8), baggage.Value)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsEncoded(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> value)
    {
        var (read, found) = (0, 0);
        while (read < encoded.Length && found < value.Length)
        {
            var next = encoded[read++];
            if (next == '%'
                && read + 1 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[read])
                && char.IsAsciiHexDigit((char)encoded[read + 1]))
            {
                next = (byte)((Digit(encoded[read]) << 4) | Digit(encoded[read + 1]));
                read += 2;
            }

            if (next != value[found++])
            {
                return false;
            }
        }

        return read == encoded.Length && found == value.Length;
    }

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
