using Turbulence.Load.Requests;
using Turbulence.Platform.Http;

namespace Turbulence.Load.Connections;

/// <summary>Finds the end of an answer in the bytes that come, however they are cut, and keeps of it what somebody will look at.</summary>
internal sealed class AnswerReader
{
    private const int LeastKept = 1 << 10;

    private byte[] head = [];
    private byte[] body = [];
    private int headLength;
    private int bodyLength;
    private HttpHead read;
    private HttpBody framing;
    private bool isInBody;
    private bool toHead;
    private bool keepsHead;
    private bool keepsBody;

    /// <summary>The answer's status; 0 before its head is there.</summary>
    public int Status => read.Status;

    /// <summary>Whether the connection ends with this answer: the server says so, or sent more than an answer.</summary>
    public bool IsLast => read.IsLast || framing.IsUntilEnd || HasRest;

    /// <summary>The head, where it is kept.</summary>
    public ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    /// <summary>The body up to <see cref="AnswerPattern.MostBody"/>, where it is kept.</summary>
    public ReadOnlySpan<byte> Body => body.AsSpan(0, bodyLength);

    private bool HasRest { get; set; }

    /// <summary>Waits for the next answer.</summary>
    /// <param name="toHead">Whether it has no body, whatever it says.</param>
    /// <param name="keepsHead">Whether its head is looked at.</param>
    /// <param name="keepsBody">Whether its body is.</param>
    public void Begin(bool toHead, bool keepsHead, bool keepsBody)
    {
        (this.toHead, this.keepsHead, this.keepsBody) = (toHead, keepsHead, keepsBody);
        (headLength, bodyLength, isInBody, HasRest) = (0, 0, false, false);
        (read, framing) = (default, default);
    }

    /// <summary>The next bytes have come.</summary>
    public AnswerProgress Add(ReadOnlySpan<byte> bytes)
    {
        while (!isInBody)
        {
            var length = TakeHead(ref bytes, out var whole);
            if (length <= 0)
            {
                return length < 0 ? AnswerProgress.Bad : AnswerProgress.Partial;
            }

            if (!HttpHead.TryReadAnswer(whole, toHead, out read) || read.Status == 101)
            {
                return AnswerProgress.Bad;
            }

            if (read.Status < 200)
            {
                // One that only says that the answer is on its way, such as 103.
                headLength = 0;
                continue;
            }

            (isInBody, framing) = (true, new HttpBody(read.Body, read.Length));
            if (keepsHead && headLength == 0)
            {
                Keep(whole, ref head, ref headLength);
            }
        }

        while (!framing.IsDone && !bytes.IsEmpty)
        {
            var count = framing.Take(bytes, out var isContent);
            if (framing.IsBad)
            {
                return AnswerProgress.Bad;
            }

            if (isContent && keepsBody)
            {
                Keep(bytes[..Math.Min(count, AnswerPattern.MostBody - bodyLength)], ref body, ref bodyLength);
            }

            bytes = bytes[count..];
        }

        HasRest = !bytes.IsEmpty;
        return framing.IsDone ? AnswerProgress.Whole : AnswerProgress.Partial;
    }

    /// <summary>The connection has ended orderly.</summary>
    /// <returns>Whether the answer is whole with that.</returns>
    public bool End() => isInBody && framing.IsUntilEnd;

    private static void Keep(ReadOnlySpan<byte> bytes, ref byte[] kept, ref int length)
    {
        if (length + bytes.Length > kept.Length)
        {
            Array.Resize(ref kept, Math.Max(LeastKept, (length + bytes.Length) * 2));
        }

        bytes.CopyTo(kept.AsSpan(length));
        length += bytes.Length;
    }

    // The head's length; 0 where more of it has to come, -1 where it is none.
    private int TakeHead(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        if (headLength == 0 && bytes.IndexOf(HttpSyntax.HeadEnd) is var end and >= 0)
        {
            whole = bytes[..(end + 4)];
            bytes = bytes[(end + 4)..];
            return whole.Length;
        }

        var former = headLength;
        Keep(bytes[..Math.Min(bytes.Length, HttpHead.MostBytes - former)], ref head, ref headLength);
        var from = Math.Max(0, former - 3);
        var found = Head[from..].IndexOf(HttpSyntax.HeadEnd);
        if (found < 0)
        {
            bytes = default;
            return headLength >= HttpHead.MostBytes || !HttpHead.CouldBeAnswer(Head) ? -1 : 0;
        }

        headLength = from + found + 4;
        bytes = bytes[(headLength - former)..];
        whole = Head;
        return headLength;
    }
}
