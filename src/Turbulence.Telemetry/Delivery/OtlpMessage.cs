using System.Buffers.Binary;
using System.Text;

namespace Turbulence.Telemetry.Delivery;

/// <summary>
/// Counts what requests of OTLP carry, and reads from answers what was not taken (opentelemetry-proto, collector services). The three
/// signals have the same shape: <c>1: resources { 2: scopes { 2: items } }</c>, and answers
/// <c>1: partial_success { 1: rejected, 2: why }</c>.
/// </summary>
internal static class OtlpMessage
{
    /// <summary>How long what stands in front of a message is in gRPC.</summary>
    public const int GrpcPrefix = 5;

    private const int LengthDelimited = 2;
    private const int Deepest = 3;

    /// <summary>How many spans, metrics or log records a request carries.</summary>
    /// <param name="message">The request; what cannot be read counts nothing.</param>
    public static long Items(ReadOnlySpan<byte> message) => Items(message, 1);

    /// <summary>What of a request was not taken, and why; 0 where all was.</summary>
    /// <param name="answer">The answer; what cannot be read says nothing.</param>
    public static (long Rejected, string Why) Rejected(ReadOnlySpan<byte> answer)
    {
        var (rejected, why) = (0L, "");
        while (Next(ref answer, out var field, out _, out var partial))
        {
            while (field == 1 && Next(ref partial, out var inner, out var number, out var text))
            {
                (rejected, why) = inner switch
                {
                    1 => ((long)number, why),
                    2 => (rejected, Encoding.UTF8.GetString(text)),
                    _ => (rejected, why),
                };
            }
        }

        return (Math.Max(0, rejected), why);
    }

    /// <summary>The message of a gRPC frame, which has a flag and its length in front.</summary>
    public static ReadOnlySpan<byte> OfFrame(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < GrpcPrefix || frame[0] != 0)
        {
            return [];
        }

        var length = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(frame[1..]), (uint)(frame.Length - GrpcPrefix));
        return frame.Slice(GrpcPrefix, (int)length);
    }

    private static long Items(ReadOnlySpan<byte> message, int depth)
    {
        long items = 0;
        while (Next(ref message, out var field, out _, out var inner))
        {
            if (field == (depth == 1 ? 1 : 2))
            {
                items += depth == Deepest ? 1 : Items(inner, depth + 1);
            }
        }

        return items;
    }

    private static bool Next(ref ReadOnlySpan<byte> message, out int field, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        (field, number) = (0, 0);
        bytes = default;
        if (!TryVarint(ref message, out var tag))
        {
            return false;
        }

        field = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                return TryVarint(ref message, out number);
            case LengthDelimited:
                return TryVarint(ref message, out var length)
                    && length <= (ulong)message.Length
                    && TryTake(ref message, (int)length, out bytes);
            case 1:
                return TryTake(ref message, 8, out _);
            case 5:
                return TryTake(ref message, 4, out _);
            default:
                return false;
        }
    }

    private static bool TryTake(ref ReadOnlySpan<byte> message, int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = message[..Math.Min(length, message.Length)];
        message = message[bytes.Length..];
        return bytes.Length == length;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && message.Length > 0; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
