using System.Buffers;
using System.Text;

namespace Turbulence.Platform.Processes;

/// <summary>What a child wrote to one of its outputs.</summary>
/// <param name="content">The first bytes, up to the limit that was asked for, in the pieces in which they came.</param>
/// <param name="totalBytes">How many bytes were written, as far as they were read.</param>
/// <param name="ended">
/// Whether the output ended. False when something that the child left behind still held it open after the grace; whatever
/// it writes from then on is thrown away.
/// </param>
public sealed class CapturedOutput(ReadOnlySequence<byte> content, long totalBytes, bool ended)
{
    /// <summary>An output that was not captured.</summary>
    public static CapturedOutput None { get; } = new(default, 0, true);

    /// <summary>The first bytes, up to the limit that was asked for; a copy where there are many.</summary>
    public ReadOnlyMemory<byte> Bytes => content.IsSingleSegment ? content.First : content.ToArray();

    /// <summary>How many bytes were kept.</summary>
    public long Length => content.Length;

    /// <summary>How many bytes were written, as far as they were read.</summary>
    public long TotalBytes { get; } = totalBytes;

    /// <summary>Whether the output ended.</summary>
    public bool Ended { get; } = ended;

    /// <summary>Whether the limit left something out.</summary>
    public bool Truncated => TotalBytes > Length;

    /// <summary>What was kept, as UTF-8; what is none is replaced (U+FFFD).</summary>
    public string Text() => Encoding.UTF8.GetString(content);
}
