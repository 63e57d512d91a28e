using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// Writes a receipt as a line of JSON. What the seed says stands first; what another run of the same seed may say otherwise, the time
/// before all, stands in <c>seen</c>:
/// <code>
///   {"proxy":"a","toxic":"half","connection":7,"seen":{"at":"…"}}
///   {"proxy":"a","toxic":"half","flow":7,"stream":"upstream","datagram":2,"seen":{"at":"…"}}
///   {"proxy":"a","toxic":"half","method":"GET","path":"/b","occurrence":3,"seen":{"at":"…","connection":7,"request":2,"traceparent":"00-…"}}
/// </code>
/// </summary>
internal ref struct DecisionLine
{
    private const int MostMethod = 32;
    private const int MostPath = 1024;
    private const int MostTrace = 256;
    private const int MostRest = 256;

    private readonly Span<byte> memory;

    private DecisionLine(Span<byte> memory) => this.memory = memory;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    // What JSON takes as it is, in a name or a text; the rest is written as in a path.
    private static SearchValues<byte> Plain { get; } = SearchValues.Create(
        "!#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~%"u8);

    /// <summary>How many bytes a line can have at most.</summary>
    /// <param name="beginning">Those of its beginning.</param>
    public static int Most(int beginning) => beginning + ((MostMethod + MostPath + MostTrace) * 3) + MostRest;

    /// <summary>What all lines of a toxic begin with.</summary>
    public static byte[] Beginning(string proxy, string toxic) =>
        [.. "{\"proxy\":\""u8, .. JsonEncodedText.Encode(
            proxy).EncodedUtf8Bytes, .. "\",\"toxic\":\""u8, .. JsonEncodedText.Encode(toxic).EncodedUtf8Bytes, .. "\","u8];

    /// <summary>A connection.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Connection(Span<byte> memory, ReadOnlySpan<byte> beginning, long connection, DateTime now)
    {
        var line = new DecisionLine(memory);
        line.Add(beginning);
        line.Add("\"connection\":"u8, connection);
        line.Add(",\"seen\":{\"at\":\""u8, now);
        line.Add("\"}}\n"u8);
        return line.Length;
    }

    /// <summary>A datagram.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Datagram(Span<byte> memory, ReadOnlySpan<byte> beginning, long flow, long number, bool isUpstream, DateTime now)
    {
        var line = new DecisionLine(memory);
        line.Add(beginning);
        line.Add("\"flow\":"u8, flow);
        line.Add(isUpstream ? ",\"stream\":\"upstream\",\"datagram\":"u8 : ",\"stream\":\"downstream\",\"datagram\":"u8, number);
        line.Add(",\"seen\":{\"at\":\""u8, now);
        line.Add("\"}}\n"u8);
        return line.Length;
    }

    /// <summary>A request.</summary>
    /// <returns>How many bytes it has.</returns>
    public static int Request(Span<byte> memory, ReadOnlySpan<byte> beginning, long connection, in RequestReceipt request, DateTime now)
    {
        var line = new DecisionLine(memory);
        line.Add(beginning);
        line.Add("\"method\":\""u8);
        line.AddEscaped(request.Method, MostMethod);
        line.Add("\",\"path\":\""u8);
        line.AddEscaped(request.Path, MostPath);
        line.Add("\",\"occurrence\":"u8, request.Occurrence);
        line.Add(",\"seen\":{\"at\":\""u8, now);
        line.Add("\",\"connection\":"u8, connection);
        line.Add(",\"request\":"u8, request.Number);
        if (request.Trace.Length > 0)
        {
            line.Add(",\"traceparent\":\""u8);
            line.AddEscaped(request.Trace, MostTrace);
            line.Add("\""u8);
        }

        line.Add("}}\n"u8);
        return line.Length;
    }

    private void Add(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(memory[Length..]);
        Length += bytes.Length;
    }

    private void Add(scoped ReadOnlySpan<byte> bytes, long number)
    {
        Add(bytes);
        Utf8Formatter.TryFormat(number, memory[Length..], out var written);
        Length += written;
    }

    private void Add(scoped ReadOnlySpan<byte> bytes, DateTime time)
    {
        Add(bytes);
        Utf8Formatter.TryFormat(time, memory[Length..], out var written, 'O');
        Length += written;
    }

    private void AddEscaped(ReadOnlySpan<byte> bytes, int most)
    {
        bytes = bytes[..Math.Min(most, bytes.Length)];
        while (bytes.Length > 0)
        {
            var plain = bytes.IndexOfAnyExcept(Plain);
            Add(plain < 0 ? bytes : bytes[..plain]);
            if (plain < 0)
            {
                return;
            }

            memory[Length++] = (byte)'%';
            Utf8Formatter.TryFormat(bytes[plain], memory[Length..], out var written, new StandardFormat('X', 2));
            Length += written;
            bytes = bytes[(plain + 1)..];
        }
    }
}
