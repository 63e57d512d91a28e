using System.Buffers.Text;
using System.Text;

namespace Turbulence.Load.Outcomes;

/// <summary>
/// The trace that a request of a load begins, and its one span (W3C Trace Context): what services did for it is found beneath. Its default
/// is that of a request which has none of the load's.
/// </summary>
/// <param name="High">The first half of the trace's id.</param>
/// <param name="Low">The second half.</param>
/// <param name="Span">The span's id.</param>
public readonly record struct RequestTrace(long High, long Low, long Span)
{
    /// <summary>How long its text is.</summary>
    internal const int Length = 55;

    private const int Digits = 16;

    /// <summary>The next one.</summary>
    /// <param name="random">Where it comes from: none of a seed, or two loads would have the same traces.</param>
    internal static RequestTrace Next(Random random) => new(Part(random), Part(random), Part(random));

    /// <summary>Writes it as the value of <c>traceparent</c>.</summary>
    /// <param name="text">Where; at least <see cref="Length"/> long.</param>
    internal void Write(Span<byte> text)
    {
        "00-"u8.CopyTo(text);
        Write(High, text[3..]);
        Write(Low, text[(3 + Digits)..]);
        text[3 + Digits + Digits] = (byte)'-';
        Write(Span, text[(4 + Digits + Digits)..]);
        "-01"u8.CopyTo(text[(4 + Digits + Digits + Digits)..]);
    }

    /// <summary>The value of <c>traceparent</c>; empty for none.</summary>
    public override string ToString()
    {
        if (this == default)
        {
            return "";
        }

        Span<byte> text = stackalloc byte[Length];
        Write(text);
        return Encoding.ASCII.GetString(text);
    }

    // None of the two ids may be all zeros.
    private static long Part(Random random) => random.NextInt64(1, long.MaxValue);

    private static void Write(long part, Span<byte> text) => Utf8Formatter.TryFormat(part, text, out _, new('x', Digits));
}
