using Turbulence.Platform.Http;
using Turbulence.Proxy.Buffers;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>
/// What has come of a stream and was not passed on yet. It keeps a head until all of it is there, in one piece, and never a body.
/// </summary>
internal sealed class HttpInput
{
    private const int LeastPart = 2 << 10;

    private readonly PacketQueue held = new();

    // The beginning of a head that came in pieces: memory for more of it, and how much is there.
    private Packet part;
    private int partLength;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => held.IsEmpty && partLength == 0;

    /// <summary>How many bytes wait.</summary>
    public long Bytes => held.Bytes + partLength;

    /// <summary>Whether the beginning of a head is there.</summary>
    public bool HasPart => partLength > 0;

    /// <summary>Whether there is a packet behind the beginning of a head.</summary>
    public bool HasNext => !held.IsEmpty;

    /// <summary>The next packet.</summary>
    public ref readonly Packet Next => ref held.First;

    /// <summary>A packet has come.</summary>
    public void Add(in Packet packet) => held.Add(packet);

    /// <summary>Takes the next packet.</summary>
    public Packet Take() => held.Take();

    /// <summary>Takes the first bytes of the next packet, or all of it.</summary>
    public Packet Take(int length) => length < held.First.Length ? held.TakePiece(length) : held.Take();

    /// <summary>Takes a head once all of it is there.</summary>
    /// <param name="pool">Where memory comes from.</param>
    /// <param name="isRequest">Whether it is a request's.</param>
    /// <param name="head">The head, its empty line included.</param>
    /// <returns>Null where it needs more; whether it is there, or false where what is there is the beginning of none.</returns>
    public bool? TakeHead(BlockPool pool, bool isRequest, out Packet head)
    {
        head = default;
        while (!held.IsEmpty && held.First is { Kind: PacketKind.Data, Length: > 0 })
        {
            var bytes = (ReadOnlySpan<byte>)held.First.Bytes;
            if (partLength == 0)
            {
                var end = bytes.IndexOf(HttpSyntax.HeadEnd);
                if (end >= 0 && end <= HttpHead.MostBytes - 4)
                {
                    head = Take(end + 4);
                    return true;
                }
            }

            var former = partLength;
            var taken = Append(pool, bytes);
            var all = part.Bytes[..partLength];
            var from = Math.Max(0, former - 3);
            var found = all[from..].IndexOf(HttpSyntax.HeadEnd);
            if (found >= 0)
            {
                var length = from + found + 4;
                Drop(length - former);
                head = Whole(length);
                return true;
            }

            Drop(taken);
            if (partLength >= HttpHead.MostBytes || !(isRequest ? HttpHead.CouldBeRequest(all) : HttpHead.CouldBeAnswer(all)))
            {
                return false;
            }
        }

        return null;
    }

    /// <summary>Takes the beginning of a head that will be read no further.</summary>
    public Packet TakePart() => Whole(partLength);

    /// <summary>Drops all.</summary>
    public void Clear()
    {
        held.Clear();
        part.Release();
        (part, partLength) = (default, 0);
    }

    private Packet Whole(int length)
    {
        var whole = part;
        if (length < part.Length)
        {
            whole = part.Cut(length, out var rest);
            rest.Release();
        }

        (part, partLength) = (default, 0);
        return whole;
    }

    private void Drop(int length) => Take(length).Release();

    private int Append(BlockPool pool, ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, HttpHead.MostBytes - partLength);
        if (partLength + taken > part.Length)
        {
            var larger = pool.Rent(Math.Min(HttpHead.MostBytes, Math.Max(LeastPart, (partLength + taken) * 2)));
            part.Bytes[..partLength].CopyTo(larger.Bytes);
            part.Release();
            part = larger;
        }

        bytes[..taken].CopyTo(part.Bytes[partLength..]);
        partLength += taken;
        return taken;
    }
}
